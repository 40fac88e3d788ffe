import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addGroup, addUser, began, change, testNames } from '../testing.suite.ts'
import { listGroupsForUser as operation } from './list-groups-for-user.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('lists the groups of the user by name, and no other', async () => {
    const user = await addUser(world())
    for (const name of ['b', 'a', 'c']) {
      const group = await addGroup(world(), name)
      if (name !== 'c') await change(world(), ({ groups }) => groups.join(group, user, world().now))
    }
    const { Groups } = await world().call(operation, given)
    expect(Groups).toMatchObject([
      { GroupName: 'a', JoinDate: began },
      { GroupName: 'b', JoinDate: began },
    ])
  })

  test('EntityNotExist.User', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
  })

  testNames(operation, world, given, 'UserName')
})
