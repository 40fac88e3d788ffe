import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addKey, addUser, change, testNames } from '../testing.suite.ts'
import { getAccessKeyLastUsed as operation } from './get-access-key-last-used.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice', UserAccessKeyId: 'LTAI5tNone' }

  test('tells the last use, once there was one', async () => {
    const { id } = await addKey(world())
    const ask = { ...given, UserAccessKeyId: id }
    expect(await world().call(operation, ask)).toEqual({ AccessKeyLastUsed: {} })
    await change(world(), ({ keys }) => keys.touch(id, Date.UTC(2024, 1, 1)))
    await change(world(), ({ keys }) => keys.touch(id, Date.UTC(2024, 0, 1)))
    expect(await world().call(operation, ask)).toEqual({ AccessKeyLastUsed: { LastUsedDate: '2024-02-01T00:00:00Z' } })
  })

  test('EntityNotExist.User.AccessKey: nobody’s, another user’s, or the account’s own', async () => {
    const { id } = await addKey(world())
    await addUser(world(), 'bob')
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User.AccessKey')
    const ask = { ...given, UserAccessKeyId: id }
    expect(await world().refused(operation, { ...ask, UserName: 'bob' })).toBe('EntityNotExist.User.AccessKey')
    expect(await world().refused(operation, { ...ask, UserName: '' })).toBe('EntityNotExist.User.AccessKey')
  })

  test('EntityNotExist.User', async () => {
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
  })

  testNames(operation, world, given, 'UserName')
})
