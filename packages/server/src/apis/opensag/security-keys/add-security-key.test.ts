import { expect, test } from 'vitest'
import { Authenticator } from '../../../access/security-keys/authenticator.suite.ts'
import { createRam } from '../../../store/access/ram.ts'
import { accountId, testOperation } from '../../testing/harness.suite.ts'
import { addSecurityKey as operation } from './add-security-key.ts'
import { createSecurityKeyChallenge } from './create-security-key-challenge.ts'
import { addKey, addLoggedOn, logOn, password, site } from './security-keys.suite.ts'

testOperation(operation, (world) => {
  async function challenge(): Promise<string> {
    return String((await world().call(createSecurityKeyChallenge))['Challenge'])
  }
  /** @param said what the key says in place of the truth */
  async function given({ key = new Authenticator(), fmt = 'none', ...said }: Record<string, unknown> = {}) {
    const authenticator = key as Authenticator
    const answer = authenticator.register({ ...site, challenge: await challenge(), ...said }, String(fmt))
    return { Name: 'Blue key', OwnPassword: password, ...wireOf(answer) }
  }
  const wireOf = (answer: ReturnType<Authenticator['register']>) => ({
    ClientDataJSON: answer.clientDataJSON,
    AttestationObject: answer.attestationObject,
  })
  const keysOf = (id: string) => world().store.read((db) => createRam(db).securityKeys.of(id))

  test('adds the key to the caller', async () => {
    const user = await addLoggedOn(world(), 'alice')
    const key = new Authenticator()
    const params = { ...(await given({ key })), 'Transports.1': 'usb', 'Transports.2': 'nfc' }
    const { SecurityKeyId } = await world().call(operation, params)
    expect(await keysOf(user.id)).toEqual([
      {
        id: SecurityKeyId,
        accountId,
        userId: user.id,
        name: 'Blue key',
        credentialId: key.credentialId,
        publicKey: key.publicKey,
        transports: ['usb', 'nfc'],
        rpId: 'localhost',
        counter: 0,
        createdAt: world().wallNow,
        lastUsedAt: undefined,
      },
    ])
  })

  test.each([
    ['of another origin', { origin: 'http://localhost:7241' }],
    ['for another host', { rpId: 'example.com' }],
    ['that nobody has touched', { isPresent: false }],
    ['that is one of a logon', { type: 'webauthn.get' }],
    ['in the frame of another page', { crossOrigin: true }],
    ['with a statement of its maker', { fmt: 'fido-u2f' }],
  ])('InvalidSecurityKey.Proof for an answer %s', async (_what, said) => {
    const user = await addLoggedOn(world(), 'alice')
    expect(await world().refused(operation, await given(said))).toBe('InvalidSecurityKey.Proof')
    expect(await keysOf(user.id)).toEqual([])
  })

  test('InvalidSecurityKey.Proof for what is no answer at all', async () => {
    await addLoggedOn(world(), 'alice')
    const params = await given()
    expect(await world().refused(operation, { ...params, ClientDataJSON: 'AAAA' })).toBe('InvalidSecurityKey.Proof')
    expect(await world().refused(operation, { ...params, AttestationObject: 'AAAA' })).toBe('InvalidSecurityKey.Proof')
  })

  test('InvalidSecurityKey.Challenge for one that was used, is over, or is of another session', async () => {
    const user = await addLoggedOn(world(), 'alice')
    const spoilt = await given({ origin: 'http://localhost:7241' })
    await world().refused(operation, spoilt)
    expect(await world().refused(operation, spoilt)).toBe('InvalidSecurityKey.Challenge')
    const late = await given()
    world().wallNow += 300_000
    expect(await world().refused(operation, late)).toBe('InvalidSecurityKey.Challenge')
    const before = await given()
    await addLoggedOn(world(), 'bob')
    expect(await world().refused(operation, before)).toBe('InvalidSecurityKey.Challenge')
    expect(await keysOf(user.id)).toEqual([])
  })

  test('InvalidOwnPassword.Incorrect for a wrong password, which is counted where the account limits them', async () => {
    const user = await addLoggedOn(world(), 'alice')
    const params = await given()
    await world().store.write((tx) =>
      tx
        .updateTable('account')
        .set({ password_policy: JSON.stringify({ maxAttempts: 2 }) })
        .where('id', '=', accountId)
        .execute(),
    )
    for (let attempt = 0; attempt < 2; attempt++)
      expect(await world().refused(operation, { ...params, OwnPassword: 'wrong' })).toBe('InvalidOwnPassword.Incorrect')
    // From then on the right one is not looked at either.
    expect(await world().refused(operation, params)).toBe('InvalidOwnPassword.Incorrect')
    expect(await keysOf(user.id)).toEqual([])
    world().wallNow += 60 * 60 * 1000
    await logOn(world(), user)
    await world().call(operation, await given())
  })

  test('EntityAlreadyExists.SecurityKey for one that somebody has', async () => {
    await addLoggedOn(world(), 'bob')
    const key = new Authenticator()
    await addKey(world(), '1bob', 'sk-bob', key)
    await addLoggedOn(world(), 'alice')
    expect(await world().refused(operation, await given({ key }))).toBe('EntityAlreadyExists.SecurityKey')
  })

  test('QuotaExceeded.SecurityKey when others were added meanwhile', async () => {
    const user = await addLoggedOn(world(), 'alice')
    await logOn(world(), user, true)
    const params = await given()
    for (let key = 1; key <= 5; key++) await addKey(world(), user.id, `sk-${key}`)
    expect(await world().refused(operation, params)).toBe('QuotaExceeded.SecurityKey')
  })

  test('SecurityKey.FactorNeeded, SecurityKey.NoLogon and SecurityKey.NoSite, as for the challenge', async () => {
    const user = await addLoggedOn(world(), 'alice')
    const params = await given()
    await addKey(world(), user.id, 'sk-one')
    expect(await world().refused(operation, params)).toBe('SecurityKey.FactorNeeded')
    world().caller = { kind: 'Account', accountId, accessKeyId: 'LTAI5tExampleExample' }
    expect(await world().refused(operation, params)).toBe('SecurityKey.NoLogon')
    world().host = undefined
    expect(await world().refused(operation, params)).toBe('SecurityKey.NoSite')
  })
})
