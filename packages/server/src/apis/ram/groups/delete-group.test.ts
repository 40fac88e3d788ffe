import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { addGroup, addUser, attach, change, look, testNames, toGroup } from '../testing.suite.ts'
import { deleteGroup as operation } from './delete-group.ts'

testOperation(operation, (world) => {
  const given = { GroupName: 'Dev-Team' }

  test('deletes a group without members and policies; what is in the way is told in the published order', async () => {
    const group = await addGroup(world())
    const user = await addUser(world())
    await change(world(), ({ groups }) => groups.join(group, user, 1))
    await attach(world(), toGroup(group), 'ReadOnlyAccess', 'System')
    expect(await world().refused(operation, given)).toBe('DeleteConflict.Group.User')
    await change(world(), ({ groups }) => groups.leave(group, user))
    expect(await world().refused(operation, given)).toBe('DeleteConflict.Group.Policy')
    await change(world(), ({ attachments }) =>
      attachments.detach(accountId, { type: 'System', name: 'ReadOnlyAccess' }, toGroup(group)),
    )
    expect(await world().call(operation, given)).toEqual({})
    expect(await look(world(), ({ groups }) => groups.group(accountId, 'Dev-Team'))).toBeUndefined()
  })

  test('EntityNotExist.Group', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Group')
  })

  testNames(operation, world, given, 'GroupName')
})
