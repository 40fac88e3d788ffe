import { expect, test } from 'vitest'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { limits } from '../limits.ts'
import { addGroup, began, fill, testLength, testNames } from '../testing.suite.ts'
import { createGroup as operation } from './create-group.ts'

testOperation(operation, (world) => {
  const given = { GroupName: 'Dev-Team' }

  test('creates a group', async () => {
    const { Group } = await world().call(operation, { ...given, Comments: '开发团队' })
    expect(Group).toMatchObject({ GroupName: 'Dev-Team', Comments: '开发团队', CreateDate: began })
    expect((Group as { GroupId: string }).GroupId).toMatch(/^g-[a-z0-9]{18}$/)
  })

  test('EntityAlreadyExists.Group: in this account, not in another', async () => {
    await addGroup(world(), 'Dev-Team', { accountId: otherAccountId })
    await world().call(operation, given)
    expect(await world().refused(operation, given)).toBe('EntityAlreadyExists.Group')
  })

  test('LimitExceeded.Group', async () => {
    await fill(world(), 'ram_group', limits.groups - 1)
    await world().call(operation, given)
    expect(await world().refused(operation, { GroupName: 'one-more' })).toBe('LimitExceeded.Group')
  })

  testNames(operation, world, given, 'GroupName')
  testLength(operation, world, given, 'Comments', 128)
})
