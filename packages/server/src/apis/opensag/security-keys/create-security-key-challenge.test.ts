import { expect, test } from 'vitest'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { createSecurityKeyChallenge as operation } from './create-security-key-challenge.ts'
import { addKey, addLoggedOn, logOn } from './security-keys.suite.ts'

testOperation(operation, (world) => {
  test('a user without any policy is answered what the browser needs', async () => {
    const user = await addLoggedOn(world(), 'alice')
    expect(await world().denied(operation)).toBeUndefined()
    expect(await world().call(operation)).toEqual({
      Challenge: expect.stringMatching(/^[\w-]{43}$/),
      RpId: 'localhost',
      UserId: Buffer.from(user.id).toString('base64url'),
      UserName: 'alice',
      Timeout: 300_000,
      CredentialIds: [],
    })
  })

  test('SecurityKey.NoSite at an IP address', async () => {
    await addLoggedOn(world(), 'alice')
    world().host = undefined
    expect(await world().refused(operation)).toBe('SecurityKey.NoSite')
  })

  test('SecurityKey.NoLogon for the account, an access key, and after the password was changed', async () => {
    const user = await addLoggedOn(world(), 'alice')
    const { caller } = world()
    world().caller = { ...caller, accessKeyId: 'LTAI5tOfAlice' }
    expect(await world().refused(operation)).toBe('SecurityKey.NoLogon')
    world().caller = { kind: 'Account', accountId, accessKeyId: 'LTAI5tExampleExample' }
    expect(await world().refused(operation)).toBe('SecurityKey.NoLogon')
    world().caller = caller
    await world().store.write((tx) =>
      tx.updateTable('ram_login_profile').set({ password_hash: 'another' }).where('user_id', '=', user.id).execute(),
    )
    expect(await world().refused(operation)).toBe('SecurityKey.NoLogon')
  })

  test('SecurityKey.FactorNeeded in a session from before there was one', async () => {
    const user = await addLoggedOn(world(), 'alice')
    await addKey(world(), user.id, 'sk-one')
    expect(await world().refused(operation)).toBe('SecurityKey.FactorNeeded')
    await logOn(world(), user, true)
    await world().call(operation)
  })

  test('QuotaExceeded.SecurityKey for the sixth', async () => {
    const user = await addLoggedOn(world(), 'alice')
    for (let key = 1; key <= 5; key++) await addKey(world(), user.id, `sk-${key}`)
    await logOn(world(), user, true)
    expect(await world().refused(operation)).toBe('QuotaExceeded.SecurityKey')
  })
})
