import { expect, test } from 'vitest'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addGroup, began, testNames } from '../testing.suite.ts'
import { getGroup as operation } from './get-group.ts'

testOperation(operation, (world) => {
  const given = { GroupName: 'Dev-Team' }

  test('shows the group', async () => {
    const { id } = await addGroup(world())
    expect(await world().call(operation, given)).toEqual({
      Group: { GroupId: id, GroupName: 'Dev-Team', CreateDate: began, UpdateDate: began },
    })
  })

  test('EntityNotExist.Group: nowhere, or in another account', async () => {
    await addGroup(world(), 'Dev-Team', { accountId: otherAccountId })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.Group')
  })

  testNames(operation, world, given, 'GroupName')
})
