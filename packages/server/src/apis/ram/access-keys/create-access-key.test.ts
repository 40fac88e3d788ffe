import { expect, test } from 'vitest'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { limits } from '../limits.ts'
import { addUser, began, look, testNames } from '../testing.suite.ts'
import { createAccessKey as operation } from './create-access-key.ts'

testOperation(operation, (world) => {
  const given = { UserName: 'alice' }

  test('gives a user a key, whose secret is in the answer and nowhere else', async () => {
    const user = await addUser(world())
    const AccessKey = (await world().call(operation, given))['AccessKey'] as Record<string, string>
    expect(AccessKey).toMatchObject({ Status: 'Active', CreateDate: began })
    expect(AccessKey['AccessKeyId']).toMatch(/^LTAI5t[A-Za-z0-9]{18}$/)
    expect(AccessKey['AccessKeySecret']).toMatch(/^[A-Za-z0-9]{30}$/)
    const keys = await look(world(), (ram) => ram.keys.keysOf({ accountId, userId: user.id }))
    expect(keys).toMatchObject([{ id: AccessKey['AccessKeyId'], status: 'Active', lastUsedAt: undefined }])
    const rows = await world().store.read((db) => db.selectFrom('access_key').selectAll().execute())
    expect(JSON.stringify(rows)).not.toContain(AccessKey['AccessKeySecret'])
  })

  test('without a name it is for the one who calls', async () => {
    const user = await addUser(world())
    await world().call(operation)
    expect(await look(world(), (ram) => ram.keys.keysOf({ accountId, userId: undefined }))).toHaveLength(1)
    world().caller = { kind: 'RAMUser', accountId, accessKeyId: 'k', userId: user.id, userName: 'alice' }
    await world().call(operation)
    expect(await look(world(), (ram) => ram.keys.keysOf({ accountId, userId: user.id }))).toHaveLength(1)
  })

  test('EntityNotExist.User: of another account, and a role session without a name', async () => {
    await addUser(world(), 'alice', { accountId: otherAccountId })
    expect(await world().refused(operation, given)).toBe('EntityNotExist.User')
    const role = { roleId: 'r', roleName: 'r', sessionName: 's' }
    world().caller = { kind: 'AssumedRole', accountId, accessKeyId: 'STS.k', ...role }
    expect(await world().refused(operation)).toBe('EntityNotExist.User')
  })

  test('LimitExceeded.User.AccessKey: of a user, and of the account itself', async () => {
    await addUser(world())
    for (let key = 0; key < limits.keysOfUser; key += 1) await world().call(operation, given)
    expect(await world().refused(operation, given)).toBe('LimitExceeded.User.AccessKey')
    for (let key = 0; key < limits.keysOfAccount; key += 1) await world().call(operation)
    expect(await world().refused(operation)).toBe('LimitExceeded.User.AccessKey')
  })

  testNames(operation, world, given, 'UserName')
})
