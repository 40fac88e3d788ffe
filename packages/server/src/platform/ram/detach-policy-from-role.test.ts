import { expect, test } from 'vitest'
import { testOperation } from '../../operations/testing/harness.suite.ts'
import { detachPolicyFromRole as operation } from './detach-policy-from-role.ts'
import { addPolicy, addRole, attach, look, testNames, toRole } from './testing.suite.ts'

testOperation(operation, (world) => {
  const given = { RoleName: 'GatewayAdmin', PolicyType: 'Custom', PolicyName: 'Gateway-Operator' }

  test('detaches the policy, and no other of its name', async () => {
    const role = await addRole(world())
    await addPolicy(world(), 'ReadOnlyAccess')
    await attach(world(), toRole(role), 'ReadOnlyAccess')
    await attach(world(), toRole(role), 'ReadOnlyAccess', 'System')
    expect(await world().call(operation, { ...given, PolicyName: 'ReadOnlyAccess' })).toEqual({})
    expect(await look(world(), ({ attachments }) => attachments.to(toRole(role)))).toMatchObject([
      { policy: { type: 'System', name: 'ReadOnlyAccess' } },
    ])
  })

  test('EntityNotExist: role, policy, attachment', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Role')
    const role = await addRole(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
    await addPolicy(world())
    const another = await addRole(world(), 'another')
    await attach(world(), toRole(another))
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Role.Policy')
    await attach(world(), toRole(role))
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

  testNames(operation, world, given, 'RoleName', 'PolicyName')
})
