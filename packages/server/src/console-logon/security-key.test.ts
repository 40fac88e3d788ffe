import { randomBytes } from 'node:crypto'
import { createManualTime, Secret } from '@opensag/protocol'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashClientPassword } from '../access/client-passwords.ts'
import { createCredentialSource } from '../access/credentials.ts'
import { createFailures, type Failures } from '../access/failures.ts'
import { Authenticator } from '../access/security-keys/authenticator.suite.ts'
import { siteAt } from '../access/security-keys/site.ts'
import { codeOfStep, stepAt } from '../access/totp.ts'
import { accountId, type Harness, openHarness } from '../apis/testing/harness.suite.ts'
import { createSealer } from '../sealing/sealing.ts'
import { auditEventsById } from '../store/audit/audit.ts'
import { createRepositories, type Repositories } from '../store/repositories.ts'
import { openLogonDoor } from './door.suite.ts'

const sealer = createSealer(randomBytes(32))
const quiet = { timers: createManualTime().timers, logger: pino({ level: 'silent' }) }
const password = 'Night-Shift_2024'
const origin = 'https://sag.example.com'
const rpId = 'sag.example.com'
const seed = Buffer.from('12345678901234567890')
const passwordHash = await hashClientPassword(Secret.of(password))

let world: Harness
let app: FastifyInstance
let failures: Failures
let now: number
/** Happens between the check of a factor and the session. */
let between: () => Promise<void>
let address: string

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1)
  between = async () => {}
  address = rpId
  world = await openHarness()
  failures = createFailures({ ...quiet, store: world.store, wallClock: () => now })
  app = await openLogonDoor({
    world,
    sealer,
    wallClock: () => now,
    between: () => between(),
    noteFailure: failures.note,
    siteOf: () => siteAt({ address, secure: true }),
  })
  await change(async ({ ram }) => {
    for (const [index, name] of ['alice', 'bob'].entries()) {
      const user = { id: String(index + 1), accountId, name, createdAt: 0 }
      await ram.users.add(user)
      const profile = { passwordHash, passwordResetRequired: false, mfaBindRequired: true }
      await ram.loginProfiles.add(user as never, profile, 0)
    }
  })
})
afterEach(async () => {
  await app.close()
  await world.close()
})

const change = (work: (repositories: Repositories) => Promise<void>): Promise<void> =>
  world.store.write((tx) => work(createRepositories(tx, sealer)))

/** A key of the user that has signed nothing yet. */
async function addKey(userId = '1', more: object = {}): Promise<Authenticator> {
  const key = new Authenticator()
  await change(({ ram }) =>
    ram.securityKeys.add({
      ...{ id: `sk-${userId}${key.credentialId.replace(/\W/g, '')}`, accountId, userId, name: 'blue', rpId },
      ...{ credentialId: key.credentialId, publicKey: key.publicKey, transports: ['usb'], counter: 0, createdAt: 0 },
      ...more,
    }),
  )
  return key
}

async function addCodes(): Promise<void> {
  await change(async ({ ram }) => {
    await ram.mfaDevices.add(accountId, 'phone', Secret.of(seed.toString('hex')), 0)
    const [device, user] = [await ram.mfaDevices.device(accountId, 'phone'), await ram.users.user(accountId, 'alice')]
    if (device === undefined || user === undefined) throw new Error('What was added is not there.')
    await ram.mfaDevices.bind(device, user, -1, 0)
  })
}

async function logOn(more: object = {}, user = 'alice') {
  const payload = JSON.stringify({ user: `${user}@${accountId}`, password, ...more })
  const headers = { 'content-type': 'application/json' }
  const answer = await app.inject({ method: 'POST', url: '/console/logon', headers, payload })
  return { status: answer.statusCode, body: answer.json() }
}

/** The challenge of a logon that has given the password only. */
async function challenge(user?: string): Promise<string> {
  const { body } = await logOn({}, user)
  expect(body).toMatchObject({ Code: 'SecondFactorRequired' })
  return body.SecurityKey.Challenge
}

async function answer(key: Authenticator, more: object = {}) {
  return { securityKey: key.sign({ challenge: await challenge(), origin, rpId, ...more }) }
}

const failed = { status: 403, body: { Code: 'SecondFactorFailed' } }
const outcomes = async () => (await world.store.read((db) => auditEventsById(db, 0, 20))).map(({ outcome }) => outcome)

test('a key is asked for once the password is right, and lets in', async () => {
  const key = await addKey()
  expect(await logOn({ password: 'wrong' })).toMatchObject({ status: 401 })
  const { status, body } = await logOn()
  expect(status).toBe(403)
  expect(body).toMatchObject({
    Code: 'SecondFactorRequired',
    Factors: ['SecurityKey'],
    SecurityKey: {
      Challenge: expect.stringMatching(/^[\w-]{43}$/),
      RpId: rpId,
      Timeout: 300_000,
      Credentials: [{ Id: key.credentialId, Transports: ['usb'] }],
    },
  })
  const entered = await logOn({ securityKey: key.sign({ challenge: body.SecurityKey.Challenge, origin, rpId }) })
  expect(entered.status).toBe(200)
  const found = await createCredentialSource(world.store, sealer).byAccessKeyId(entered.body.Credentials.AccessKeyId)
  expect(found?.caller).toMatchObject({ userName: 'alice', mfaPresent: true })
  expect(await world.store.read((db) => createRepositories(db).ram.securityKeys.of('1'))).toMatchObject([
    { counter: 1, lastUsedAt: now },
  ])
})

test('with codes too, either of them lets in', async () => {
  const key = await addKey()
  await addCodes()
  expect((await logOn()).body.Factors).toEqual(['SecurityKey', 'Code'])
  expect(await logOn({ code: codeOfStep(seed, stepAt(now)) })).toMatchObject({ status: 200 })
  expect(await logOn(await answer(key))).toMatchObject({ status: 200 })
})

test('a code of somebody who has keys only is wrong', async () => {
  await addKey()
  expect(await logOn({ code: '123456' })).toMatchObject(failed)
})

describe('nobody is let in by', () => {
  test.each([
    ['a page of another origin', { origin: 'https://sag.example.org' }],
    ['a page of another port', { origin: `${origin}:8443` }],
    ['a key that signs for another host', { rpId: 'sag.example.org' }],
    ['a key that nobody has touched', { isPresent: false }],
    ['what a key says when it is added', { type: 'webauthn.create' }],
    ['the frame of another page', { crossOrigin: true }],
    ['a challenge that was never made', { challenge: 'AAAA' }],
  ])('%s', async (_what, said) => {
    const key = await addKey()
    expect(await logOn(await answer(key, said))).toMatchObject(failed)
    expect(await logOn(await answer(key))).toMatchObject({ status: 200 })
  })

  test('a challenge that was used before, whether it let in or not', async () => {
    const key = await addKey()
    const used = await challenge()
    const first = key.sign({ challenge: used, origin, rpId })
    expect(await logOn({ securityKey: first })).toMatchObject({ status: 200 })
    expect(await logOn({ securityKey: first })).toMatchObject(failed)
    expect(await logOn({ securityKey: key.sign({ challenge: used, origin, rpId }) })).toMatchObject(failed)
    const spoilt = await challenge()
    const wrong = { ...key.sign({ challenge: spoilt, origin, rpId }), signature: 'AAAA' }
    expect(await logOn({ securityKey: wrong })).toMatchObject(failed)
    expect(await logOn({ securityKey: key.sign({ challenge: spoilt, origin, rpId }) })).toMatchObject(failed)
  })

  test.each(['null', '7', '"text"', 'no JSON'])('is wrong with a key that says %s', async (said) => {
    const key = await addKey()
    const { securityKey } = await answer(key)
    const clientDataJSON = Buffer.from(said).toString('base64url')
    const answered = Object.fromEntries(
      Object.entries(securityKey).map(([name, value]) => [name, /clientdatajson/i.test(name) ? clientDataJSON : value]),
    )
    expect(Object.values(answered)).toContain(clientDataJSON)
    expect(await logOn({ securityKey: answered })).toMatchObject(failed)
  })

  test('an answer that is sent twice at the same time', async () => {
    const key = await addKey()
    const given = await answer(key)
    const both = await Promise.all([logOn(given), logOn(given)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403])
  })

  test('a challenge after five minutes', async () => {
    const key = await addKey()
    const given = await answer(key)
    now += 300_000
    expect(await logOn(given)).toMatchObject(failed)
  })

  test('a challenge of another user, or one from before the password was changed', async () => {
    const [key, other] = [await addKey(), await addKey('2')]
    const securityKey = key.sign({ challenge: await challenge('bob'), origin, rpId })
    expect(await logOn({ securityKey })).toMatchObject(failed)
    expect(await logOn({ securityKey: other.sign({ challenge: await challenge(), origin, rpId }) })).toMatchObject(
      failed,
    )
    const early = await answer(key)
    const changed = await hashClientPassword(Secret.of('Day-Shift_2025'))
    await change(({ ram }) => ram.loginProfiles.change({ id: '1', accountId } as never, { passwordHash: changed }, 0))
    expect(await logOn({ ...early, password: 'Day-Shift_2025' })).toMatchObject(failed)
  })

  test('a key that was taken away, also while it was signing', async () => {
    const key = await addKey()
    const remove = () =>
      change(async ({ ram }) => {
        const [found] = await ram.securityKeys.of('1')
        if (found !== undefined) await ram.securityKeys.remove(found)
      })
    const given = await answer(key)
    between = remove
    expect(await logOn(given)).toMatchObject({ status: 401, body: { Code: 'LogonFailed' } })
    between = async () => {}
    expect(await logOn(given)).toMatchObject({ status: 403, body: { Code: 'SecondFactorNotBound' } })
  })

  test('the password alone, when a key is added while it is being checked', async () => {
    await change(({ ram }) => ram.loginProfiles.change({ id: '1', accountId } as never, { mfaBindRequired: false }, 0))
    between = async () => void (await addKey())
    expect(await logOn()).toMatchObject({ status: 401 })
  })
})

describe('a key whose counter', () => {
  test('has gone back is a copy, which the audit trail tells', async () => {
    const key = await addKey('1', { counter: 7 })
    const given = await answer(key, { counter: 8 })
    for (const counter of [7, 6, 5, 4, 3]) {
      const copied = { status: 403, body: { Code: 'SecurityKeyCopied' } }
      expect(await logOn(await answer(key, { counter }))).toMatchObject(copied)
    }
    expect(await logOn(given)).toMatchObject({ status: 429 })
    now += 2000
    expect(await logOn(given)).toMatchObject({ status: 200 })
    expect((await outcomes()).filter((outcome) => outcome === 'SecurityKeyCopied')).toHaveLength(5)
  })

  test('is passed by that of a copy at the same time is one too', async () => {
    const key = await addKey()
    const [first, second] = [await answer(key, { counter: 5 }), await answer(key, { counter: 5 })]
    const both = await Promise.all([logOn(first), logOn(second)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403])
    expect(await outcomes()).toContain('SecurityKeyCopied')
  })

  test('stays 0 does not count', async () => {
    const key = await addKey()
    for (let logon = 0; logon < 2; logon++)
      expect(await logOn(await answer(key, { counter: 0 }))).toMatchObject({ status: 200 })
  })
})

test('people behind one address who log on with keys do not use up what may be guessed from there', async () => {
  const key = await addKey()
  for (let logon = 0; logon < 31; logon++) expect(await logOn(await answer(key))).toMatchObject({ status: 200 })
  expect(await world.store.read((db) => db.selectFrom('guess').selectAll().execute())).toEqual([])
})

test('to give the right password again forgets no wrong answer', async () => {
  const key = await addKey()
  for (let attempt = 0; attempt < 5; attempt++)
    expect(await logOn(await answer(key, { origin: 'https://sag.example.org' }))).toMatchObject(failed)
  expect(await logOn()).toMatchObject({ status: 429 })
})

test('an answer that is wrong counts as a wrong password does', async () => {
  const key = await addKey()
  const given = await answer(key)
  for (let attempt = 0; attempt < 5; attempt++)
    expect(await logOn(await answer(key, { origin: 'https://sag.example.org' }))).toMatchObject(failed)
  expect(await logOn(given)).toMatchObject({ status: 429 })
  now += 2000
  expect(await logOn(given)).toMatchObject({ status: 200 })
})

test('keys of another address of the console are not asked for', async () => {
  await addKey()
  address = 'sag.example.org'
  expect(await logOn()).toMatchObject({ status: 403, body: { Code: 'SecurityKeyElsewhere' } })
  await addCodes()
  const { body } = await logOn()
  expect([body.Factors, body.SecurityKey]).toEqual([['Code'], undefined])
})

test('at an address in place of a name there are none', async () => {
  await addKey()
  address = '192.0.2.1'
  expect(await logOn()).toMatchObject({ body: { Code: 'SecurityKeyElsewhere' } })
})

test('challenges do not pile up', async () => {
  const issue = (userId: string, at: number) =>
    change(({ ram }) => {
      const subject = { userId, purpose: 'logon', basis: '', origin } as const
      return ram.securityKeyChallenges.issue(`${userId} ${at}`, subject, at)
    })
  const kept = () => world.store.read((db) => db.selectFrom('ram_security_key_challenge').select('user_id').execute())
  for (let at = 0; at < 12; at++) await issue('1', at)
  expect(await kept()).toHaveLength(10)
  await issue('2', 400_000)
  expect(await kept()).toEqual([{ user_id: '2' }])
})
