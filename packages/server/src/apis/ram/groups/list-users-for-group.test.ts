import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addGroup, addUser, began, change, testNames } from '../testing.suite.ts'
import { listUsersForGroup as operation } from './list-users-for-group.ts'

testOperation(operation, (world) => {
  const given = { GroupName: 'Dev-Team' }

  test('lists the members by name, page by page', async () => {
    const group = await addGroup(world())
    for (const name of ['c', 'a', 'b']) {
      const user = await addUser(world(), name)
      await change(world(), ({ groups }) => groups.join(group, user, world().now))
    }
    await addUser(world(), 'aa')
    const first = await world().call(operation, { ...given, MaxItems: '2' })
    expect(first).toMatchObject({
      IsTruncated: true,
      Users: [
        { UserName: 'a', JoinDate: began },
        { UserName: 'b', JoinDate: began },
      ],
    })
    const rest = await world().call(operation, { ...given, Marker: `${first['Marker']}` })
    expect(rest).toMatchObject({ IsTruncated: false, Users: [{ UserName: 'c' }] })
  })

  test('EntityNotExist.Group', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Group')
  })

  testNames(operation, world, given, 'GroupName')
})
