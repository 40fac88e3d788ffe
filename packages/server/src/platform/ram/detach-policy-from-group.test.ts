import { expect, test } from 'vitest'
import { testOperation } from '../../operations/testing/harness.suite.ts'
import { detachPolicyFromGroup as operation } from './detach-policy-from-group.ts'
import { addGroup, addPolicy, attach, look, testNames, toGroup } from './testing.suite.ts'

testOperation(operation, (world) => {
  const given = { GroupName: 'Dev-Team', PolicyType: 'Custom', PolicyName: 'Gateway-Operator' }

  test('detaches the policy, and no other of its name', async () => {
    const group = await addGroup(world())
    await addPolicy(world(), 'ReadOnlyAccess')
    await attach(world(), toGroup(group), 'ReadOnlyAccess')
    await attach(world(), toGroup(group), 'ReadOnlyAccess', 'System')
    expect(await world().call(operation, { ...given, PolicyName: 'ReadOnlyAccess' })).toEqual({})
    expect(await look(world(), ({ attachments }) => attachments.to(toGroup(group)))).toMatchObject([
      { policy: { type: 'System', name: 'ReadOnlyAccess' } },
    ])
  })

  test('EntityNotExist: group, policy, attachment', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Group')
    const group = await addGroup(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
    await addPolicy(world())
    const another = await addGroup(world(), 'another')
    await attach(world(), toGroup(another))
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Group.Policy')
    await attach(world(), toGroup(group))
    expect(await world().call(operation, given)).toEqual({})
  })

  test('EntityNotExists.ResourceGroup: there is no scope but the account', async () => {
    expect(await world().refused(operation, { ...given, ResourceGroupId: 'rg-1' })).toBe(
      'EntityNotExists.ResourceGroup',
    )
  })

  test('InvalidParameter.PolicyType', async () => {
    expect(await world().refused(operation, { ...given, PolicyType: 'Own' })).toBe('InvalidParameter.PolicyType')
  })

  testNames(operation, world, given, 'GroupName', 'PolicyName')
})
