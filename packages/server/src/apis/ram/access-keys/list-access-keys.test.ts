import { expect, test } from 'vitest'
import { testOperation } from '../../testing/harness.suite.ts'
import { addKey, addUser, began, change, testNames } from '../testing.suite.ts'
import { listAccessKeys as operation } from './list-access-keys.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('lists the keys of the user, without secrets', async () => {
    const { id, owner } = await addKey(world())
    const { id: another } = await addKey(world())
    const key = await change(world(), ({ keys }) => keys.key(owner, another))
    if (key !== undefined) await change(world(), ({ keys }) => keys.setStatus(key, 'Inactive'))
    const shown = [
      { AccessKeyId: id, Status: 'Active', CreateDate: began },
      { AccessKeyId: another, Status: 'Inactive', CreateDate: began },
    ]
    const { AccessKeys } = await world().call(operation, given)
    expect(AccessKeys).toEqual(expect.arrayContaining(shown))
    expect(AccessKeys).toHaveLength(2)
  })

  test('those of the account are its own only', async () => {
    await addKey(world())
    expect(await world().call(operation)).toEqual({ AccessKeys: [] })
  })

  test('EntityNotExist.User', async () => {
    await addUser(world(), 'bob')
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
  })

  testNames(operation, world, given, 'UserName')
})
