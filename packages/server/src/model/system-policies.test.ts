import { expect, test } from 'vitest'
import { compilePolicies, evaluate, parsePolicy } from '../access/policy/index.ts'
import { systemPolicies } from './system-policies.ts'

function allows(name: string, action: string, context: ReadonlyMap<string, readonly string[]> = new Map()): boolean {
  const read = parsePolicy(systemPolicies.get(name)?.document ?? '', 'identity')
  if ('mistake' in read) throw new Error(read.mistake.message)
  const request = { action, resources: ['*'], context }
  return evaluate(compilePolicies([read.policy]), request).effect === 'Allow'
}

test.each([...systemPolicies.keys()])('%s can be read and says something', (name) => {
  expect(parsePolicy(systemPolicies.get(name)?.document ?? '', 'identity')).toHaveProperty('policy')
  expect(systemPolicies.get(name)?.description).toMatch(/\.$/)
})

test('lie sorted by name', () => {
  expect([...systemPolicies.keys()]).toEqual([...systemPolicies.keys()].sort())
})

test.each([
  ['AdministratorAccess', ['smartag:ModifySAGAdminPassword', 'ram:DeleteUser', 'opensag:EvaluateAccess'], []],
  [
    'ReadOnlyAccess',
    ['smartag:DescribeRegions', 'ram:ListUsers', 'actiontrail:LookupEvents'],
    ['smartag:ModifySAGAdminPassword', 'ram:CreateAccessKey', 'sts:AssumeRole'],
  ],
  ['AliyunRAMFullAccess', ['ram:CreateUser'], ['smartag:DescribeRegions', 'sts:AssumeRole']],
  ['AliyunRAMReadOnlyAccess', ['ram:GetUser'], ['ram:CreateUser']],
  ['AliyunSTSAssumeRoleAccess', ['sts:AssumeRole'], ['ram:GetRole']],
  ['AliyunActionTrailReadOnlyAccess', ['actiontrail:LookupEvents'], ['ram:GetUser']],
  ['AliyunSmartAccessGatewayFullAccess', ['smartag:ModifySAGAdminPassword'], ['ram:GetUser']],
  [
    'AliyunSmartAccessGatewayReadOnlyAccess',
    ['smartag:DescribeSmartAccessGateways', 'smartag:ListEnterpriseCode'],
    ['smartag:ModifySAGAdminPassword', 'smartag:ResetSmartAccessGatewayClientUserPassword', 'ram:GetUser'],
  ],
])('%s allows %j and not %j', (name, allowed, denied) => {
  for (const action of allowed) expect([action, allows(name, action)]).toEqual([action, true])
  for (const action of denied) expect([action, allows(name, action)]).toEqual([action, false])
})

test('AliyunServiceRolePolicyForSmartag allows to delete the role of its own service, and nothing else here', () => {
  const name = 'AliyunServiceRolePolicyForSmartag'
  const of = (service: string) => new Map([['ram:servicename', [service]]])
  expect(allows(name, 'ram:DeleteServiceLinkedRole', of('smartag.aliyuncs.com'))).toBe(true)
  expect(allows(name, 'ram:DeleteServiceLinkedRole', of('ecs.aliyuncs.com'))).toBe(false)
  expect(allows(name, 'ram:DeleteServiceLinkedRole')).toBe(false)
  for (const action of ['smartag:DescribeRegions', 'ram:CreateServiceLinkedRole', 'ram:DeleteRole', 'ram:GetRole']) {
    expect([action, allows(name, action)]).toEqual([action, false])
  }
})
