import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../operations/testing/harness.suite.ts'
import { systemPolicies } from '../../ram/system-policies.ts'
import { attachPolicyToRole as operation } from './attach-policy-to-role.ts'
import { limits } from './limits.ts'
import { addPolicy, addRole, attach, look, testNames, toRole } from './testing.suite.ts'

testOperation(operation, (world) => {
  const given = { RoleName: 'GatewayAdmin', PolicyType: 'Custom', PolicyName: 'Gateway-Operator' }

  test('attaches a policy, once; one of the system of the same name is another', async () => {
    const role = await addRole(world())
    await addPolicy(world())
    await addPolicy(world(), 'ReadOnlyAccess')
    expect(await world().call(operation, given)).toEqual({})
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.Role.Policy')
    for (const PolicyType of ['System', 'Custom']) {
      await world().call(operation, { ...given, PolicyType, PolicyName: 'ReadOnlyAccess' })
    }
    const attached = await look(world(), ({ attachments }) => attachments.to(toRole(role)))
    expect(attached.map(({ policy }) => `${policy.type} ${policy.name}`)).toEqual([
      'Custom Gateway-Operator',
      'Custom ReadOnlyAccess',
      'System ReadOnlyAccess',
    ])
  })

  test('LimitExceeded.Role.Policy: counted for each type on its own', async () => {
    const role = await addRole(world())
    await addPolicy(world())
    for (let index = 0; index < limits.attached.Custom; index += 1) {
      await addPolicy(world(), `p${index}`)
      await attach(world(), toRole(role), `p${index}`)
    }
    expect(await world().refused(operation, given)).toBe('LimitExceeded.Role.Policy')
    const [system = ''] = systemPolicies.keys()
    expect(await world().call(operation, { ...given, PolicyType: 'System', PolicyName: system })).toEqual({})
  })

  test('EntityNotExist: role, then policy, of this account', async () => {
    await addRole(world(), 'GatewayAdmin', { accountId: otherAccountId })
    await addPolicy(world(), 'Gateway-Operator', { accountId: otherAccountId })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Role')
    await addRole(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
  })

  test('EntityNotExists.ResourceGroup: there is no scope but the account', async () => {
    await addRole(world())
    await addPolicy(world())
    expect(await world().refused(operation, { ...given, ResourceGroupId: 'rg-1' })).toBe(
      'EntityNotExists.ResourceGroup',
    )
    expect(await world().call(operation, { ...given, ResourceGroupId: accountId })).toEqual({})
  })

  test('InvalidParameter.PolicyType', async () => {
    expect(await world().refused(operation, { ...given, PolicyType: 'Own' })).toBe('InvalidParameter.PolicyType')
  })

  testNames(operation, world, given, 'RoleName', 'PolicyName')
})
