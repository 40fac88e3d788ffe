import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { listSecurityKeys as operation } from './list-security-keys.ts'
import { addKey, addLoggedOn } from './security-keys.suite.ts'

testOperation(operation, (world) => {
  const shown = {
    SecurityKeyId: 'sk-one',
    Name: 'blue',
    Host: 'localhost',
    CreateDate: '2024-01-31T12:00:00.000Z',
  }

  test('of the caller, without any policy', async () => {
    const user = await addLoggedOn(world(), 'alice')
    expect(await world().call(operation)).toEqual({ SecurityKeys: [] })
    await addKey(world(), user.id, 'sk-one')
    expect(await world().call(operation)).toEqual({ SecurityKeys: [shown] })
    expect(await world().denied(operation, {})).toBeUndefined()
  })

  test('of another user, for who may see second factors', async () => {
    const user = await addLoggedOn(world(), 'alice')
    await addKey(world(), user.id, 'sk-one')
    world().caller = { kind: 'Account', accountId, accessKeyId: 'LTAI5tExampleExample' }
    expect(await world().call(operation)).toEqual({ SecurityKeys: [] })
    expect(await world().call(operation, { UserName: 'alice' })).toEqual({ SecurityKeys: [shown] })
    expect(await world().denied(operation, { UserName: 'alice' })).toMatchObject({
      code: 'Forbidden',
      accessDenied: { AuthAction: 'ram:GetUserMFAInfo' },
    })
  })

  test('EntityNotExist.User', async () => {
    expect(await world().refused(operation, { UserName: 'nobody-here' })).toBe('EntityNotExist.User')
  })
})
