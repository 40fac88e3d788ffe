import { describe, expect, test } from 'vitest'
import type { PolicyType, TargetKind } from '../../store/access/attachments.ts'
import { accountId, type Harness, otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { change } from '../testing/networks.suite.ts'
import { evaluateAccess as operation } from './evaluate-access.ts'

const mine = `acs:smartag:cn-shanghai:${accountId}:smartag/sag-1`
const other = `acs:smartag:cn-shanghai:${accountId}:smartag/sag-2`

function document(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '1', Statement: statements })
}

/** alice is in the group ops; there is a role night-shift. */
async function settle(world: Harness, owner = accountId): Promise<void> {
  await change(world, async ({ ram }) => {
    const user = { id: `1${owner}`, accountId: owner, name: 'alice', createdAt: 0 }
    await ram.users.add(user)
    await ram.groups.add({ id: `2${owner}`, accountId: owner, name: 'ops', createdAt: 0 })
    const group = await ram.groups.group(owner, 'ops')
    const alice = await ram.users.user(owner, 'alice')
    if (group === undefined || alice === undefined) throw new Error('They are not there.')
    await ram.groups.join(group, alice, 0)
    await ram.roles.add({
      id: `3${owner}`,
      accountId: owner,
      name: 'night-shift',
      description: undefined,
      trustPolicy: '{}',
      maxSessionDuration: 3600,
      createdAt: 0,
    })
  })
}

const targets: Readonly<Record<TargetKind, string>> = { user: '1', group: '2', role: '3' }

async function attach(
  world: Harness,
  kind: TargetKind,
  name: string,
  text?: string,
  type: PolicyType = 'Custom',
): Promise<void> {
  await change(world, async ({ ram }) => {
    if (text !== undefined) {
      const policy = { id: `p-${name}`, accountId, name, description: undefined, examples: undefined, createdAt: 0 }
      await ram.policies.add({ ...policy, document: text })
    }
    await ram.attachments.attach(accountId, { type, name }, { kind, id: `${targets[kind]}${accountId}` }, 0)
  })
}

const alice = { UserName: 'alice', ActionName: 'smartag:ModifySmartAccessGateway' }

testOperation(operation, (world) => {
  const call = (params: Readonly<Record<string, string>>) => world().call(operation, params)
  const refused = (params: Readonly<Record<string, string>>) => world().refused(operation, params)

  describe('a user', () => {
    test('without a policy may do nothing', async () => {
      await settle(world())
      expect(await call(alice)).toEqual({
        Effect: 'Deny',
        Reason: 'ImplicitDeny',
        Resource: '*',
        GrantedOn: [],
        OpenKeys: [],
      })
    })

    test('may do what a policy of its own allows, and is told which statement', async () => {
      await settle(world())
      const first = { Effect: 'Allow', Action: ['ram:*'], Resource: ['*'] }
      const second = { Effect: 'Allow', Action: ['smartag:*'], Resource: ['acs:smartag:*:*:smartag/sag-1'] }
      await attach(world(), 'user', 'gateways', document(first, second))
      expect(await call({ ...alice, 'ResourceName.1': mine })).toEqual({
        Effect: 'Allow',
        Reason: 'Allowed',
        DecidedBy: {
          PolicyType: 'Custom',
          PolicyName: 'gateways',
          AttachedTo: 'user/alice',
          StatementNumber: 2,
          Statement: JSON.stringify(second),
        },
        GrantedOn: [],
        OpenKeys: [],
      })
    })

    test('needs every one of several resources allowed, and is told which is not', async () => {
      await settle(world())
      await attach(world(), 'user', 'gateways', document({ Effect: 'Allow', Action: '*', Resource: mine }))
      const both = { ...alice, 'ResourceName.1': mine, 'ResourceName.2': other }
      expect(await call(both)).toMatchObject({ Effect: 'Deny', Reason: 'ImplicitDeny', Resource: other })
    })

    test('is denied by a policy of a group, whatever its own allows', async () => {
      await settle(world())
      await attach(world(), 'user', 'AdministratorAccess', undefined, 'System')
      expect(await call(alice)).toMatchObject({
        Effect: 'Allow',
        DecidedBy: { PolicyType: 'System', PolicyName: 'AdministratorAccess', AttachedTo: 'user/alice' },
      })
      await attach(world(), 'group', 'no-changes', document({ Effect: 'Deny', Action: '*:Modify*', Resource: '*' }))
      expect(await call({ ...alice, 'ResourceName.1': mine })).toMatchObject({
        Effect: 'Deny',
        Reason: 'ExplicitDeny',
        Resource: mine,
        DecidedBy: { PolicyType: 'Custom', PolicyName: 'no-changes', AttachedTo: 'group/ops', StatementNumber: 1 },
      })
    })

    test('is known by its own ARN, unless another one is given', async () => {
      await settle(world())
      const Condition = { StringEquals: { 'acs:PrincipalARN': `acs:ram::${accountId}:user/alice` } }
      await attach(world(), 'user', 'own', document({ Effect: 'Allow', Action: '*', Resource: '*', Condition }))
      expect(await call(alice)).toMatchObject({ Effect: 'Allow', GrantedOn: [], OpenKeys: [] })
      const asBob = { 'Context.1.Key': 'acs:principalArn', 'Context.1.Value': `acs:ram::${accountId}:user/bob` }
      expect(await call({ ...alice, ...asBob })).toMatchObject({ Effect: 'Deny', GrantedOn: [], OpenKeys: [] })
    })

    test('is judged by the tags that the named instance has, and told them', async () => {
      await settle(world())
      const Condition = { StringEquals: { 'acs:ResourceTag/env': 'prod' } }
      await attach(world(), 'user', 'prod', document({ Effect: 'Allow', Action: '*', Resource: '*', Condition }))
      await world().addInstance({ id: 'sag-1' })
      await change(world(), async ({ fleet }) => void (await fleet.configure('sag-1', { tags: [['env', 'prod']] })))
      await world().addInstance({ id: 'sag-foreign', accountId: otherAccountId })
      const told = JSON.stringify([{ ResourceName: mine, Tags: [{ Key: 'env', Value: 'prod' }] }])
      const about = { ...alice, 'ResourceName.1': mine }
      expect(await call(about)).toMatchObject({ Effect: 'Allow', OpenKeys: [], ResourceTags: told })
      const instead = { 'Context.1.Key': 'acs:ResourceTag/env', 'Context.1.Value': 'test' }
      expect(await call({ ...about, ...instead })).toMatchObject({ Effect: 'Deny', OpenKeys: [] })
      for (const name of ['sag-2', 'sag-foreign']) {
        const nobody = { ...alice, 'ResourceName.1': `acs:smartag:cn-shanghai:${accountId}:smartag/${name}` }
        expect(await call(nobody)).toMatchObject({
          Effect: 'Deny',
          OpenKeys: ['acs:ResourceTag/env'],
          ResourceTags: '[]',
        })
      }
    })

    test('is told which condition keys the answer depends on', async () => {
      await settle(world())
      const Condition = { IpAddress: { 'acs:SourceIp': '10.0.0.0/8' }, Bool: { 'acs:SecureTransport': 'true' } }
      await attach(world(), 'user', 'office', document({ Effect: 'Allow', Action: '*', Resource: '*', Condition }))
      expect(await call(alice)).toMatchObject({ Effect: 'Deny', OpenKeys: ['acs:SourceIp', 'acs:SecureTransport'] })
      const office = { 'Context.1.Key': 'acs:SourceIp', 'Context.1.Value': '10.1.1.1' }
      const tls = { 'Context.2.Key': 'acs:SecureTransport', 'Context.2.Value': 'true' }
      expect(await call({ ...alice, ...office, ...tls })).toMatchObject({
        Effect: 'Allow',
        GrantedOn: [],
        OpenKeys: [],
      })
    })
  })

  test('several values of one key are all of the request', async () => {
    await settle(world())
    const Condition = { 'ForAllValues:StringEquals': { 'acs:RequestTag/team': ['a', 'b'] } }
    await attach(world(), 'user', 'tags', document({ Effect: 'Allow', Action: '*', Resource: '*', Condition }))
    const tag = (at: number, value: string) => ({
      [`Context.${at}.Key`]: 'acs:RequestTag/team',
      [`Context.${at}.Value`]: value,
    })
    expect(await call({ ...alice, ...tag(1, 'a'), ...tag(2, 'b') })).toMatchObject({ Effect: 'Allow' })
    expect(await call({ ...alice, ...tag(1, 'a'), ...tag(2, 'c') })).toMatchObject({ Effect: 'Deny' })
  })

  test('a role may do what its policies allow', async () => {
    await settle(world())
    await attach(world(), 'role', 'night', document({ Effect: 'Allow', Action: 'smartag:Reboot*', Resource: '*' }))
    const role = { RoleName: 'night-shift' }
    expect(await call({ ...role, ActionName: 'smartag:RebootSmartAccessGateway' })).toMatchObject({
      Effect: 'Allow',
      DecidedBy: { PolicyName: 'night', AttachedTo: 'role/night-shift' },
    })
    expect(await call({ ...role, ActionName: 'smartag:DescribeRegions' })).toMatchObject({ Reason: 'ImplicitDeny' })
  })

  describe('a document', () => {
    const allow = document({ Effect: 'Allow', Action: ['smartag:*'], Resource: ['*'] })

    test('is judged by itself', async () => {
      expect(await call({ PolicyDocument: allow, ActionName: 'smartag:DescribeRegions' })).toEqual({
        Effect: 'Allow',
        Reason: 'Allowed',
        DecidedBy: {
          PolicyType: 'Document',
          StatementNumber: 1,
          Statement: '{"Effect":"Allow","Action":["smartag:*"],"Resource":["*"]}',
        },
        GrantedOn: [],
        OpenKeys: [],
      })
    })

    test('counts as if it were attached to the user as well', async () => {
      await settle(world())
      expect(await call({ ...alice, PolicyDocument: allow })).toMatchObject({ DecidedBy: { PolicyType: 'Document' } })
      await attach(world(), 'user', 'never', document({ Effect: 'Deny', Action: '*', Resource: '*' }))
      expect(await call({ ...alice, PolicyDocument: allow })).toMatchObject({
        Reason: 'ExplicitDeny',
        DecidedBy: { PolicyName: 'never' },
      })
    })

    test('that is none is refused, with the place', async () => {
      const ActionName = 'smartag:DescribeRegions'
      expect(await refused({ PolicyDocument: '{', ActionName })).toBe('MalformedPolicyDocument')
      await expect(call({ PolicyDocument: '{}', ActionName })).rejects.toThrow('Line 1, column 1: Version is missing')
      const PolicyDocument = ' '.repeat(7000)
      expect(await refused({ PolicyDocument: `${PolicyDocument}{}`, ActionName })).toBe(
        'InvalidParameter.PolicyDocument.Length',
      )
    })
  })

  test.each(['constructor', '__proto__'])('a condition key may be called %s', async (key) => {
    const PolicyDocument = document({ Effect: 'Allow', Action: '*', Resource: '*' })
    const asked = {
      PolicyDocument,
      ActionName: 'smartag:DescribeRegions',
      'Context.1.Key': key,
      'Context.1.Value': 'x',
    }
    expect(await call(asked)).toMatchObject({ Effect: 'Allow' })
  })

  test('what is of another account is not there', async () => {
    await settle(world(), otherAccountId)
    expect(await refused(alice)).toBe('EntityNotExist.User')
    expect(await refused({ RoleName: 'night-shift', ActionName: alice.ActionName })).toBe('EntityNotExist.Role')
  })

  test('exactly one of user and role is named, or a document given', async () => {
    expect(await refused({ ActionName: 'ram:GetUser' })).toBe('InvalidParameter.Principal')
    expect(await refused({ ...alice, RoleName: 'night-shift' })).toBe('InvalidParameter.Principal')
  })

  test.each([
    [{ UserName: 'a b' }, 'InvalidParameter.UserName.InvalidChars'],
    [{ UserName: 'a'.repeat(65) }, 'InvalidParameter.UserName.Length'],
    [{ RoleName: 'a_b' }, 'InvalidParameter.RoleName.InvalidChars'],
    [{ RoleName: 'a'.repeat(65) }, 'InvalidParameter.RoleName.Length'],
    [{ ActionName: 'smartag:*' }, 'InvalidActionName'],
    [{ ActionName: 'DescribeRegions' }, 'InvalidActionName'],
    [{ ActionName: '' }, 'MissingActionName'],
    [{ 'ResourceName.1': 'sag-1' }, 'InvalidResourceName'],
    [{ 'ResourceName.1': 'acs:smartag:*:*' }, 'InvalidResourceName'],
    [{ 'ResourceName.1': `acs:smartag:*:*:${'a'.repeat(512)}` }, 'InvalidResourceName'],
    [Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`ResourceName.${at + 1}`, '*'])), 'InvalidResourceName'],
    [{ 'Context.1.Key': 'acs:SourceIp' }, 'MissingContext.1.Value'],
    [{ 'Context.1.Key': 'acs:SourceIp', 'Context.1.Value': '1'.repeat(513) }, 'InvalidContext.1.Value'],
    [
      Object.fromEntries(
        Array.from({ length: 51 }, (_, at) => [
          [`Context.${at + 1}.Key`, 'a:b'],
          [`Context.${at + 1}.Value`, 'c'],
        ]).flat(),
      ),
      'InvalidContext',
    ],
  ])('%j is answered %s', async (given, code) => {
    expect(await refused({ ActionName: 'smartag:DescribeRegions', ...given } as Record<string, string>)).toBe(code)
  })
})
