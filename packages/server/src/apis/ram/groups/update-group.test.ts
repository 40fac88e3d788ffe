import { expect, test } from 'vitest'
import { day, testOperation } from '../../testing/harness.suite.ts'
import { addGroup, addUser, change, look, testNames } from '../testing.suite.ts'
import { updateGroup as operation } from './update-group.ts'

testOperation(operation, (world) => {
  const given = { GroupName: 'Dev-Team' }

  test('changes what is given; a group that is renamed keeps its members', async () => {
    const group = await addGroup(world())
    const user = await addUser(world())
    await change(world(), ({ groups }) => groups.join(group, user, 1))
    await world().call(operation, { ...given, NewComments: '运维' })
    world().now += day
    expect(await world().call(operation, { ...given, NewGroupName: 'Ops-Team' })).toMatchObject({
      Group: { GroupId: group.id, GroupName: 'Ops-Team', Comments: '运维', UpdateDate: '2024-02-01T12:00:00Z' },
    })
    expect(await look(world(), ({ groups }) => groups.groupsOf(user))).toMatchObject([{ name: 'Ops-Team' }])
  })

  test('clears a note that is sent empty', async () => {
    await addGroup(world())
    await world().call(operation, { ...given, NewComments: 'x' })
    const { Group } = await world().call(operation, { ...given, NewComments: '' })
    expect((Group as Record<string, unknown>)['Comments']).toBeUndefined()
  })

  test('EntityAlreadyExists.Group: the new name is another group’s; its own is no conflict', async () => {
    await addGroup(world())
    await addGroup(world(), 'Ops-Team')
    expect(await world().refused(operation, { ...given, NewGroupName: 'Ops-Team' })).toBe('EntityAlreadyExists.Group')
    expect(await world().call(operation, { ...given, NewGroupName: 'Dev-Team' })).toBeDefined()
  })

  test('EntityNotExist.Group', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Group')
  })

  testNames(operation, world, given, 'GroupName', 'NewGroupName')

  test('InvalidParameter.NewComments.Length', async () => {
    expect(await world().refused(operation, { ...given, NewComments: 'x'.repeat(129) })).toBe(
      'InvalidParameter.NewComments.Length',
    )
  })
})
