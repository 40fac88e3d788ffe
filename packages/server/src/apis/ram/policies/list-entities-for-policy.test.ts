import { expect, test } from 'vitest'
import { createRam } from '../../../store/access/ram.ts'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import {
  addGroup,
  addPolicy,
  addRole,
  addUser,
  attach,
  began,
  testNames,
  toGroup,
  toRole,
  toUser,
} from '../testing.suite.ts'
import { listEntitiesForPolicy as operation } from './list-entities-for-policy.ts'

testOperation(operation, (world) => {
  const given = { PolicyType: 'Custom', PolicyName: 'Gateway-Operator' }

  test('lists users, groups and roles by name', async () => {
    await addPolicy(world())
    for (const name of ['bob', 'alice']) await attach(world(), toUser(await addUser(world(), name)))
    await attach(world(), toGroup(await addGroup(world())))
    await attach(world(), toRole(await addRole(world())))
    await attach(world(), toUser(await addUser(world(), 'carol')), 'Gateway-Operator', 'System')
    expect(await world().call(operation, given)).toMatchObject({
      Users: [
        { UserName: 'alice', AttachDate: began },
        { UserName: 'bob', AttachDate: began },
      ],
      Groups: [{ GroupName: 'Dev-Team', AttachDate: began }],
      Roles: [{ RoleName: 'GatewayAdmin', Arn: `acs:ram::${accountId}:role/GatewayAdmin`, AttachDate: began }],
    })
  })

  test('who has it in another account is not listed', async () => {
    const policy = { type: 'System', name: 'ReadOnlyAccess' } as const
    await world().store.write(async (tx) => {
      const { users, attachments } = createRam(tx)
      await users.add({ id: '77', accountId: otherAccountId, name: 'zoe', createdAt: 0 })
      await attachments.attach(otherAccountId, policy, { kind: 'user', id: '77' }, 0)
    })
    const listed = await world().call(operation, { PolicyType: policy.type, PolicyName: policy.name })
    expect(listed).toEqual({ Users: [], Groups: [], Roles: [] })
  })

  test('a policy that is attached to nothing has none', async () => {
    expect(await world().call(operation, { PolicyType: 'System', PolicyName: 'ReadOnlyAccess' })).toEqual({
      Users: [],
      Groups: [],
      Roles: [],
    })
  })

  test('EntityNotExist.Policy', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Policy')
  })

  test('InvalidParameter.PolicyType', async () => {
    expect(await world().refused(operation, { ...given, PolicyType: 'Own' })).toBe('InvalidParameter.PolicyType')
  })

  testNames(operation, world, given, 'PolicyName')
})
