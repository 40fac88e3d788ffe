import { expect, test } from 'vitest'
import { createRam } from '../../../store/access/ram.ts'
import { accountId, otherAccountId, testOperation } from '../../testing/harness.suite.ts'
import { deleteSecurityKey as operation } from './delete-security-key.ts'
import { addKey, addLoggedOn, logOn, password } from './security-keys.suite.ts'

testOperation(operation, (world) => {
  const SecurityKeyId = 'sk-one'
  const own = { SecurityKeyId, OwnPassword: password }
  const left = async (id = '1alice') =>
    (await world().store.read((db) => createRam(db).securityKeys.of(id))).map((key) => key.id)
  const root = { kind: 'Account', accountId, accessKeyId: 'LTAI5tExampleExample' } as const

  async function aliceWithKey(mfaPresent = true): Promise<void> {
    const user = await addLoggedOn(world(), 'alice')
    await addKey(world(), user.id, SecurityKeyId)
    await logOn(world(), user, mfaPresent)
  }

  test('one of one’s own, with the password', async () => {
    await aliceWithKey()
    await addKey(world(), '1alice', 'sk-two')
    expect(await world().call(operation, own)).toEqual({})
    expect(await left()).toEqual(['sk-two'])
  })

  test('that of another user, for who may take second factors away', async () => {
    await aliceWithKey()
    expect(await world().denied(operation, { SecurityKeyId })).toMatchObject({
      code: 'Forbidden',
      accessDenied: { AuthAction: 'ram:UnbindMFADevice' },
    })
    expect(await left()).toEqual([SecurityKeyId])
    world().caller = root
    await world().call(operation, { SecurityKeyId })
    expect(await left()).toEqual([])
  })

  test('the password of the caller opens no key of another user', async () => {
    await aliceWithKey()
    await addLoggedOn(world(), 'bob')
    expect(await world().denied(operation, own)).toMatchObject({ code: 'Forbidden' })
    expect(await left()).toEqual([SecurityKeyId])
  })

  test('InvalidOwnPassword.Incorrect', async () => {
    await aliceWithKey()
    expect(await world().refused(operation, { ...own, OwnPassword: 'wrong' })).toBe('InvalidOwnPassword.Incorrect')
    expect(await left()).toEqual([SecurityKeyId])
  })

  test('SecurityKey.FactorNeeded in a session from before the key, and SecurityKey.NoLogon with an access key', async () => {
    await aliceWithKey(false)
    expect(await world().refused(operation, own)).toBe('SecurityKey.FactorNeeded')
    world().caller = { ...world().caller, accessKeyId: 'LTAI5tOfAlice' }
    expect(await world().refused(operation, own)).toBe('SecurityKey.NoLogon')
  })

  test('SecurityKey.LastFactor where the user must have one, but not for an administrator', async () => {
    await aliceWithKey()
    await world().store.write((tx) => tx.updateTable('ram_login_profile').set({ mfa_bind_required: 1 }).execute())
    expect(await world().refused(operation, own)).toBe('SecurityKey.LastFactor')
    await addKey(world(), '1alice', 'sk-two')
    await world().call(operation, own)
    world().caller = root
    await world().call(operation, { SecurityKeyId: 'sk-two' })
    expect(await left()).toEqual([])
  })

  test('EntityNotExist.SecurityKey for none, and for one of another account', async () => {
    await aliceWithKey()
    world().caller = { ...root, accountId: otherAccountId }
    expect(await world().refused(operation, { SecurityKeyId })).toBe('EntityNotExist.SecurityKey')
    world().caller = root
    expect(await world().refused(operation, { SecurityKeyId: 'sk-none' })).toBe('EntityNotExist.SecurityKey')
  })
})
