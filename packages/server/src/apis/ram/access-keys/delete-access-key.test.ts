import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addKey, addUser, look, testNames } from '../testing.suite.ts'
import { deleteAccessKey as operation } from './delete-access-key.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice', UserAccessKeyId: 'LTAI5tNone' }

  test('deletes the key, active or not', async () => {
    const { id, owner } = await addKey(world())
    expect(await world().call(operation, { ...given, UserAccessKeyId: id })).toEqual({})
    expect(await look(world(), ({ keys }) => keys.keysOf(owner))).toEqual([])
    expect(await world().refused(operation, { ...given, UserAccessKeyId: id })).toBe('EntityNotExist.User.AccessKey')
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
