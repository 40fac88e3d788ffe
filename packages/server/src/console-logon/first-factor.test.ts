import { randomBytes } from 'node:crypto'
import { createManualTime, Secret } from '@opensag/protocol'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashClientPassword } from '../access/client-passwords.ts'
import { createCredentialSource } from '../access/credentials.ts'
import { createFailures } from '../access/failures.ts'
import { Authenticator } from '../access/security-keys/authenticator.suite.ts'
import { siteAt } from '../access/security-keys/site.ts'
import { codeOfStep, stepAt } from '../access/totp.ts'
import { fromBase32 } from '../apis/ram/testing.suite.ts'
import { accountId, type Harness, openHarness } from '../apis/testing/harness.suite.ts'
import { createSealer } from '../sealing/sealing.ts'
import { auditEventsById } from '../store/audit/audit.ts'
import { readDetails } from '../store/audit/details.ts'
import { createRepositories, type Repositories } from '../store/repositories.ts'
import { openLogonDoor } from './door.suite.ts'

const sealer = createSealer(randomBytes(32))
const quiet = { timers: createManualTime().timers, logger: pino({ level: 'silent' }) }
const password = 'Night-Shift_2024'
const origin = 'https://sag.example.com'
const rpId = 'sag.example.com'
const passwordHash = await hashClientPassword(Secret.of(password))
const alice = { id: '1', accountId, name: 'alice' }

let world: Harness
let app: FastifyInstance
let now: number
/** Happens between the proof of a factor and the session. */
let between: () => Promise<void>
let address: string

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1)
  between = async () => {}
  address = rpId
  world = await openHarness()
  app = await openLogonDoor({
    world,
    sealer,
    wallClock: () => now,
    between: () => between(),
    noteFailure: createFailures({ ...quiet, store: world.store, wallClock: () => now }).note,
    siteOf: () => siteAt({ address, secure: true }),
  })
  await change(async ({ ram }) => {
    for (const user of [alice, { id: '2', accountId, name: 'bob' }]) {
      await ram.users.add({ ...user, createdAt: 0 })
      const profile = { passwordHash, passwordResetRequired: false, mfaBindRequired: true }
      await ram.loginProfiles.add(user as never, profile, 0)
    }
  })
})
afterEach(async () => {
  await app.close()
  await world.close()
})

const change = (work: (repositories: Repositories) => Promise<unknown>) =>
  world.store.write((tx) => work(createRepositories(tx, sealer)))
const read = <T>(work: (repositories: Repositories) => Promise<T>) =>
  world.store.read((db) => work(createRepositories(db, sealer)))
const setProfile = (values: object) => change(({ ram }) => ram.loginProfiles.change(alice as never, values, 0))

async function logOn(more: object = {}, user = 'alice') {
  const payload = JSON.stringify({ user: `${user}@${accountId}`, password, ...more })
  const headers = { 'content-type': 'application/json' }
  const answer = await app.inject({ method: 'POST', url: '/console/logon', headers, payload })
  return { status: answer.statusCode, body: answer.json() }
}

/** What a logon with the password only offers to bind. */
async function offered(user?: string) {
  const { status, body } = await logOn({}, user)
  expect([status, body.Code]).toEqual([403, 'SecondFactorNotBound'])
  return body
}

/** Two codes of an app that took the seed. */
function shown({ Ticket: ticket, Base32StringSeed }: { readonly Ticket: string; readonly Base32StringSeed: string }) {
  const code = (step: number) => codeOfStep(fromBase32(Base32StringSeed), stepAt(now) + step)
  return { newCodes: { ticket, codes: [code(-1), code(0)] } }
}

async function registered(key: Authenticator, more: object = {}, user?: string) {
  const { NewSecurityKey } = await offered(user)
  const said = { challenge: NewSecurityKey.Challenge, origin, rpId, ...more }
  return { newSecurityKey: { name: 'My key', transports: ['usb', 'usb'], ...key.register(said) } }
}

/** What is bound to alice. */
const bound = () =>
  read(async ({ ram }) => ({
    keys: (await ram.securityKeys.of('1')).map(({ name }) => name),
    device: (await ram.mfaDevices.of('1'))?.name,
    devices: await ram.mfaDevices.count(accountId),
  }))
const nothing = { keys: [], device: undefined, devices: 0 }
const notProven = { status: 403, body: { Code: 'SecondFactorNotProven' } }
const newest = () => world.store.read(async (db) => (await auditEventsById(db, 0, 50)).at(-1))

test('who must have a factor and has none is offered both kinds, and nothing is bound by that', async () => {
  const body = await offered()
  expect(body.NewSecurityKey).toEqual({
    Challenge: expect.stringMatching(/^[\w-]{43}$/),
    RpId: rpId,
    UserId: Buffer.from('1').toString('base64url'),
    UserName: 'alice',
    Timeout: 300_000,
    CredentialIds: [],
  })
  expect(body.NewCodes).toEqual({
    Ticket: expect.any(String),
    Base32StringSeed: expect.stringMatching(/^[A-Z2-7]{32}$/),
    QRCodePNG: expect.stringMatching(/^iVBOR/),
  })
  expect(await logOn({ password: 'wrong' })).toMatchObject({ status: 401 })
  expect(await bound()).toEqual(nothing)
})

test('a security key that is registered is bound with the logon, and asked for at the next one', async () => {
  const key = new Authenticator()
  const { status, body } = await logOn(await registered(key))
  expect(status).toBe(200)
  const found = await createCredentialSource(world.store, sealer).byAccessKeyId(body.Credentials.AccessKeyId)
  expect(found?.caller).toMatchObject({ userName: 'alice', mfaPresent: true })
  expect(await bound()).toEqual({ ...nothing, keys: ['My key'] })
  const event = await newest()
  expect([event?.outcome, readDetails(event?.details).parameters]).toEqual([undefined, { BoundFactor: 'SecurityKey' }])
  const { body: next } = await logOn()
  expect(next).toMatchObject({ Code: 'SecondFactorRequired', Factors: ['SecurityKey'] })
  const securityKey = key.sign({ challenge: next.SecurityKey.Challenge, origin, rpId })
  expect(await logOn({ securityKey })).toMatchObject({ status: 200 })
})

test('an authenticator is bound by two codes, the later of which counts for no other logon', async () => {
  const { NewCodes } = await offered()
  const given = shown(NewCodes)
  // A mistyped code costs nobody the seed that the app has already.
  const [first] = given.newCodes.codes
  expect(await logOn({ newCodes: { ...given.newCodes, codes: [first, first] } })).toMatchObject(notProven)
  expect(await bound()).toEqual(nothing)
  expect(await logOn(given)).toMatchObject({ status: 200 })
  expect(await bound()).toEqual({ keys: [], device: expect.stringMatching(/^alice-[0-9a-f]{12}$/), devices: 1 })
  expect(readDetails((await newest())?.details).parameters).toEqual({ BoundFactor: 'Code' })
  expect(await logOn({ code: given.newCodes.codes[1] })).toMatchObject({ body: { Code: 'SecondFactorFailed' } })
  now += 30_000
  expect(await logOn({ code: shown(NewCodes).newCodes.codes[1] })).toMatchObject({ status: 200 })
})

test('at an address that has no security keys codes alone are offered', async () => {
  address = '192.0.2.1'
  const { NewSecurityKey, NewCodes } = await offered()
  expect(NewSecurityKey).toBeUndefined()
  expect(await logOn(shown(NewCodes))).toMatchObject({ status: 200 })
})

describe('nothing is bound by', () => {
  afterEach(async () => expect(await bound()).toEqual(nothing))

  test.each([
    ['a page of another origin', { origin: 'https://sag.example.org' }],
    ['a key that registers at another host', { rpId: 'sag.example.org' }],
    ['a key that nobody has touched', { isPresent: false }],
    ['the frame of another page', { crossOrigin: true }],
    ['a challenge that was never made', { challenge: 'AAAA' }],
  ])('%s', async (_what, said) => {
    expect(await logOn(await registered(new Authenticator(), said))).toMatchObject(notProven)
  })

  test('a challenge that was spent, of another user, of a logon with a factor, or five minutes old', async () => {
    const key = new Authenticator()
    const wrong = await registered(key, { origin: 'https://sag.example.org' })
    await logOn(wrong)
    const { challenge } = JSON.parse(Buffer.from(wrong.newSecurityKey.clientDataJSON, 'base64url').toString())
    const again = { name: 'My key', transports: [], ...key.register({ challenge, origin, rpId }) }
    expect(await logOn({ newSecurityKey: again })).toMatchObject(notProven)
    expect(await logOn(await registered(key, {}, 'bob'))).toMatchObject(notProven)
    for (const purpose of ['logon', 'registration'] as const) {
      const subject = { userId: '1', purpose, basis: '', origin }
      await change(({ ram }) => ram.securityKeyChallenges.issue(purpose, subject, now))
      expect(await logOn(await registered(key, { challenge: purpose }))).toMatchObject(notProven)
    }
    const old = await registered(key)
    now += 300_000
    expect(await logOn(old)).toMatchObject(notProven)
  })

  test('a wrong password, whatever else is right', async () => {
    const given = { ...(await registered(new Authenticator())), ...shown((await offered()).NewCodes) }
    expect(await logOn({ ...given, password: 'wrong' })).toMatchObject({ status: 401 })
  })

  test('the seed of another user, of a former password, of nobody, or fifteen minutes old', async () => {
    expect(await logOn(shown((await offered('bob')).NewCodes))).toMatchObject(notProven)
    const early = (await offered()).NewCodes
    await setProfile({ passwordHash: await hashClientPassword(Secret.of('Day-Shift_2025')) })
    expect(await logOn({ password: 'Day-Shift_2025', ...shown(early) })).toMatchObject(notProven)
    await setProfile({ passwordHash })
    expect(await logOn(shown({ ...early, Ticket: 'forged' }))).toMatchObject(notProven)
    now += 15 * 60_000
    expect(await logOn(shown(early))).toMatchObject(notProven)
  })

  test('a logon that is refused at its end', async () => {
    const given = await registered(new Authenticator())
    between = () => setProfile({ passwordHash: 'another' }).then(() => {})
    expect(await logOn(given)).toMatchObject({ status: 401 })
  })

  test('a network that the account does not allow, to which nothing is offered', async () => {
    const preference = await read(({ ram }) => ram.accounts.securityPreference(accountId))
    await change(({ ram }) =>
      ram.accounts.setSecurityPreference(accountId, { ...preference, loginNetworkMasks: '203.0.113.0/24' }),
    )
    expect((await logOn()).body).toEqual(expect.not.objectContaining({ NewCodes: expect.anything() }))
    expect((await logOn()).body).toMatchObject({ Code: 'NetworkNotAllowed' })
  })

  test('somebody who need not have one: it would look as if it were', async () => {
    const given = await registered(new Authenticator())
    await setProfile({ mfaBindRequired: false })
    expect(await logOn(given)).toMatchObject({ status: 400, body: { Code: 'InvalidRequest' } })
  })
})

test('who has a factor can bind no other one here', async () => {
  const [given, codes] = [await registered(new Authenticator()), shown((await offered()).NewCodes)]
  expect(await logOn(given)).toMatchObject({ status: 200 })
  expect(await logOn(codes)).toMatchObject({ body: { Code: 'SecondFactorRequired' } })
  expect(await logOn(await challengeAnswered())).toMatchObject({ body: { Code: 'SecondFactorRequired' } })
  expect(await bound()).toEqual({ ...nothing, keys: ['My key'] })
})

/** A registration for the challenge of a logon that asks for a key. */
async function challengeAnswered() {
  const { Challenge } = (await logOn()).body.SecurityKey
  const answer = new Authenticator().register({ challenge: Challenge, origin, rpId })
  return { newSecurityKey: { name: 'Another', transports: [], ...answer } }
}

test('of two that are bound at the same moment one is', async () => {
  const [one, other] = [await registered(new Authenticator()), await registered(new Authenticator())]
  const codes = shown((await offered()).NewCodes)
  const all = await Promise.all([logOn(one), logOn(other), logOn(codes)])
  expect(all.map(({ status }) => status).sort()).toEqual([200, 401, 401])
  const { keys, devices } = await bound()
  expect(keys.length + devices).toBe(1)
})

test('a key that somebody has already is not bound to another', async () => {
  const key = new Authenticator()
  expect(await logOn(await registered(key, {}, 'bob'), 'bob')).toMatchObject({ status: 200 })
  expect(await logOn(await registered(key))).toMatchObject(notProven)
  expect(await bound()).toEqual(nothing)
})

test('a password that must be changed is asked for first, so that no key is touched in vain', async () => {
  await setProfile({ passwordResetRequired: true })
  expect(await logOn()).toMatchObject({ body: { Code: 'PasswordResetRequired' } })
  const newPassword = 'Day-Shift_2025'
  const { body } = await logOn({ newPassword })
  expect(body.Code).toBe('SecondFactorNotBound')
  expect(await logOn({ newPassword, ...shown(body.NewCodes) })).toMatchObject({ status: 200 })
  expect(await logOn({ password: newPassword })).toMatchObject({ body: { Code: 'SecondFactorRequired' } })
})
