import { expect, test } from 'vitest'
import { otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { addUser, began, change, testNames } from '../testing.suite.ts'
import { getUser as operation } from './get-user.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('shows the user, with the last logon once there was one', async () => {
    const user = await addUser(world())
    const shown = { UserId: user.id, UserName: 'alice', CreateDate: began, UpdateDate: began }
    expect(await world().call(operation, given)).toEqual({ User: shown })
    await change(world(), ({ users }) => users.setLastLogin(user.id, Date.UTC(2024, 1, 1)))
    expect(await world().call(operation, given)).toEqual({ User: { ...shown, LastLoginDate: '2024-02-01T00:00:00Z' } })
  })

  test('EntityNotExist.User: nowhere, or in another account', async () => {
    await addUser(world(), 'alice', { accountId: otherAccountId })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
  })

  testNames(operation, world, given, 'UserName')
})
