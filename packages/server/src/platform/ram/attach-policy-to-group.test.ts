import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../operations/testing/harness.suite.ts'
import { systemPolicies } from '../../ram/system-policies.ts'
import { attachPolicyToGroup as operation } from './attach-policy-to-group.ts'
import { limits } from './limits.ts'
import { addGroup, addPolicy, attach, look, testNames, toGroup } from './testing.suite.ts'

testOperation(operation, (world) => {
  const given = { GroupName: 'Dev-Team', PolicyType: 'Custom', PolicyName: 'Gateway-Operator' }

  test('attaches a policy, once; one of the system of the same name is another', async () => {
    const group = await addGroup(world())
    await addPolicy(world())
    await addPolicy(world(), 'ReadOnlyAccess')
    expect(await world().call(operation, given)).toEqual({})
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.Group.Policy')
    for (const PolicyType of ['System', 'Custom']) {
      await world().call(operation, { ...given, PolicyType, PolicyName: 'ReadOnlyAccess' })
    }
    const attached = await look(world(), ({ attachments }) => attachments.to(toGroup(group)))
    expect(attached.map(({ policy }) => `${policy.type} ${policy.name}`)).toEqual([
      'Custom Gateway-Operator',
      'Custom ReadOnlyAccess',
      'System ReadOnlyAccess',
    ])
  })

  test('LimitExceeded.Group.Policy: counted for each type on its own', async () => {
    const group = await addGroup(world())
    await addPolicy(world())
    for (let index = 0; index < limits.attached.Custom; index += 1) {
      await addPolicy(world(), `p${index}`)
      await attach(world(), toGroup(group), `p${index}`)
    }
    expect(await world().refused(operation, given)).toBe('LimitExceeded.Group.Policy')
    const [system = ''] = systemPolicies.keys()
    expect(await world().call(operation, { ...given, PolicyType: 'System', PolicyName: system })).toEqual({})
  })

  test('EntityNotExist: group, then policy, of this account', async () => {
    await addGroup(world(), 'Dev-Team', { accountId: otherAccountId })
    await addPolicy(world(), 'Gateway-Operator', { accountId: otherAccountId })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Group')
    await addGroup(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
  })

  test('EntityNotExists.ResourceGroup: there is no scope but the account', async () => {
    await addGroup(world())
    await addPolicy(world())
    expect(await world().refused(operation, { ...given, ResourceGroupId: 'rg-1' })).toBe(
      'EntityNotExists.ResourceGroup',
    )
    expect(await world().call(operation, { ...given, ResourceGroupId: accountId })).toEqual({})
  })

  test('InvalidParameter.PolicyType', async () => {
    expect(await world().refused(operation, { ...given, PolicyType: 'Own' })).toBe('InvalidParameter.PolicyType')
  })

  testNames(operation, world, given, 'GroupName', 'PolicyName')
})
