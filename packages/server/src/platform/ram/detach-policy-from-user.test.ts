import { expect, test } from 'vitest'
import { testOperation } from '../../operations/testing/harness.suite.ts'
import { detachPolicyFromUser as operation } from './detach-policy-from-user.ts'
import { addPolicy, addUser, attach, look, testNames, toUser } from './testing.suite.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice', PolicyType: 'Custom', PolicyName: 'Gateway-Operator' }

  test('detaches the policy, and no other of its name', async () => {
    const user = await addUser(world())
    await addPolicy(world(), 'ReadOnlyAccess')
    await attach(world(), toUser(user), 'ReadOnlyAccess')
    await attach(world(), toUser(user), 'ReadOnlyAccess', 'System')
    expect(await world().call(operation, { ...given, PolicyName: 'ReadOnlyAccess' })).toEqual({})
    expect(await look(world(), ({ attachments }) => attachments.to(toUser(user)))).toMatchObject([
      { policy: { type: 'System', name: 'ReadOnlyAccess' } },
    ])
  })

  test('EntityNotExist: user, policy, attachment', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
    const user = await addUser(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
    await addPolicy(world())
    const another = await addUser(world(), 'another')
    await attach(world(), toUser(another))
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User.Policy')
    await attach(world(), toUser(user))
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

  testNames(operation, world, given, 'UserName', 'PolicyName')
})
