import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addKey, addUser, look, testNames } from '../testing.suite.ts'
import { updateAccessKey as operation } from './update-access-key.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice', UserAccessKeyId: 'LTAI5tNone', Status: 'Inactive' }

  test('makes the key inactive and active again', async () => {
    const { id, owner } = await addKey(world())
    const status = async () => (await look(world(), ({ keys }) => keys.key(owner, id)))?.status
    await world().call(operation, { ...given, UserAccessKeyId: id })
    expect(await status()).toBe('Inactive')
    await world().call(operation, { ...given, UserAccessKeyId: id, Status: 'Active' })
    expect(await status()).toBe('Active')
  })

  test('InvalidStatus: another word', async () => {
    expect(await world().refused(operation, { ...given, Status: 'Sleeping' })).toBe('InvalidStatus')
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
