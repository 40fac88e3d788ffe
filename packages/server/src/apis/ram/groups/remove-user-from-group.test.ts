import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addGroup, addUser, change, look, testNames } from '../testing.suite.ts'
import { removeUserFromGroup as operation } from './remove-user-from-group.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice', GroupName: 'Dev-Team' }

  test('takes the user out of the group', async () => {
    const user = await addUser(world())
    const group = await addGroup(world())
    await change(world(), ({ groups }) => groups.join(group, user, 1))
    expect(await world().call(operation, given)).toEqual({})
    expect(await look(world(), ({ groups }) => groups.groupsOf(user))).toEqual([])
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User.Group')
  })

  test('EntityNotExist: user, then group', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
    await addUser(world())
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Group')
  })

  testNames(operation, world, given, 'UserName', 'GroupName')
})
