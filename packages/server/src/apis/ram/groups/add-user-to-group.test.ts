import { expect, test } from 'vitest'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { limits } from '../limits.ts'
import { addGroup, addUser, change, look, testNames } from '../testing.suite.ts'
import { addUserToGroup as operation } from './add-user-to-group.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice', GroupName: 'Dev-Team' }

  test('puts the user into the group, once', async () => {
    const user = await addUser(world())
    await addGroup(world())
    expect(await world().call(operation, given)).toEqual({})
    expect(await look(world(), ({ groups }) => groups.groupsOf(user))).toMatchObject([
      { name: 'Dev-Team', joinedAt: world().now },
    ])
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.User.Group')
  })

  test('LimitExceeded.User.Group', async () => {
    const user = await addUser(world())
    for (let index = 0; index < limits.groupsOfUser; index += 1) {
      const group = await addGroup(world(), `g${index}`)
      await change(world(), ({ groups }) => groups.join(group, user, 1))
    }
    await addGroup(world())
    expect(await world().refused(operation, given)).toBe('LimitExceeded.User.Group')
  })

  test('EntityNotExist: user and group of this account', async () => {
    await addUser(world(), 'alice', { accountId: otherAccountId })
    await addGroup(world(), 'Dev-Team', { accountId: otherAccountId })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
    await addUser(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Group')
  })

  testNames(operation, world, given, 'UserName', 'GroupName')
})
