import { randomBytes } from 'node:crypto'
import { createManualTime, Secret } from '@opensag/protocol'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashClientPassword } from '../access/client-passwords.ts'
import { createCredentialSource } from '../access/credentials.ts'
import { createFailures, type Failures } from '../access/failures.ts'
import { codeOfStep, stepAt } from '../access/totp.ts'
import { accountId, type Harness, openHarness } from '../apis/testing/harness.suite.ts'
import { defaultPasswordPolicy, type PasswordPolicy } from '../model/password-policy.ts'
import { defaultSecurityPreference, type SecurityPreference } from '../model/security-preference.ts'
import { createSealer } from '../sealing/sealing.ts'
import { auditEventsById } from '../store/audit/audit.ts'
import { createRepositories } from '../store/repositories.ts'
import { openLogonDoor } from './door.suite.ts'

const sealer = createSealer(randomBytes(32))
const quiet = { timers: createManualTime().timers, logger: pino({ level: 'silent' }) }
const password = 'Night-Shift_2024'
const alice = { id: '1', accountId, name: 'alice' }

let world: Harness
let app: FastifyInstance
let failures: Failures
let now: number
/** Happens between the check of a password and the session. */
let between: () => Promise<void>

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1)
  between = async () => {}
  world = await openHarness()
  failures = createFailures({ ...quiet, store: world.store, wallClock: () => now })
  app = await openLogonDoor({
    world,
    sealer,
    wallClock: () => now,
    between: () => between(),
    noteFailure: failures.note,
  })
})
afterEach(async () => {
  await app.close()
  await world.close()
})

async function addProfile(more: object = {}): Promise<void> {
  const passwordHash = await hashClientPassword(Secret.of(password))
  await world.store.write(async (tx) => {
    const { ram } = createRepositories(tx)
    await ram.users.add({ ...alice, createdAt: 0 })
    const profile = { passwordHash, passwordResetRequired: false, mfaBindRequired: false, ...more }
    await ram.loginProfiles.add(alice as never, profile, 0)
  })
}

async function logOn(more: object = {}) {
  const body = JSON.stringify({ user: `alice@${accountId}`, password, ...more })
  const headers = { 'content-type': 'application/json' }
  const answer = await app.inject({ method: 'POST', url: '/console/logon', headers, payload: body })
  return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
}

const credential = (id: string) => createCredentialSource(world.store, sealer).byAccessKeyId(id)

test('the right password is exchanged for keys of the user', async () => {
  await addProfile()
  const { status, headers, body } = await logOn()
  expect(status).toBe(200)
  expect(headers['cache-control']).toBe('no-store')
  expect(body).toEqual({
    RequestId: expect.stringMatching(/^[0-9A-F-]{36}$/),
    Credentials: {
      AccessKeyId: expect.stringMatching(/^STS\./),
      AccessKeySecret: expect.any(String),
      SecurityToken: expect.any(String),
      Expiration: '2026-01-01T08:00:00Z',
    },
  })
  const { AccessKeyId, SecurityToken } = body.Credentials
  const found = await credential(AccessKeyId)
  expect(found?.caller).toEqual({
    kind: 'RAMUser',
    accountId,
    accessKeyId: AccessKeyId,
    userId: '1',
    userName: 'alice',
  })
  expect(found?.isToken?.(SecurityToken)).toBe(true)
})

test('the account is named by its alias too, in any case', async () => {
  await addProfile()
  await world.store.write((tx) => createRepositories(tx).ram.accounts.setAlias(accountId, 'example'))
  for (const account of ['example', 'Example', 'example.onaliyun.com']) {
    expect(await logOn({ user: `alice@${account}` })).toMatchObject({ status: 200 })
  }
})

describe('who guesses learns nothing:', () => {
  test.each([
    ['a wrong password', { password: 'wrong' }],
    ['a user who is not there', { user: `bob@${accountId}` }],
    ['an account that is not there', { user: 'alice@nowhere' }],
  ])('%s', async (_what, given) => {
    await addProfile()
    const { status, body } = await logOn(given)
    expect([status, body.Code, body.Message]).toEqual([401, 'LogonFailed', 'The user name or the password is wrong.'])
  })

  test('after too many attempts the right password is not looked at either', async () => {
    await addProfile()
    for (let attempt = 0; attempt < 5; attempt++) await logOn({ password: 'wrong' })
    expect(await logOn()).toMatchObject({
      status: 429,
      body: { Code: 'TooManyAttempts' },
      headers: { 'retry-after': '1' },
    })
    // So it is for one who is not there.
    for (let attempt = 0; attempt < 5; attempt++) await logOn({ user: `bob@${accountId}` })
    expect(await logOn({ user: `bob@${accountId}` })).toMatchObject({ status: 429 })
    now += 2000
    expect(await logOn()).toMatchObject({ status: 200 })
  })
})

test('right logons lock nobody out, however many there are', async () => {
  await addProfile()
  for (let logon = 0; logon < 7; logon++) expect(await logOn()).toMatchObject({ status: 200 })
  await logOn({ password: 'wrong' })
  expect(await logOn()).toMatchObject({ status: 200 })
})

test('a password that is changed while it is being checked opens nothing', async () => {
  await addProfile()
  const passwordHash = await hashClientPassword(Secret.of('Day-Shift_2025'))
  // The change commits between the look at the profile and the session.
  between = async () => {
    await world.store.write((tx) =>
      createRepositories(tx).ram.loginProfiles.change(alice as never, { passwordHash }, 0),
    )
  }
  expect(await logOn()).toMatchObject({ status: 401, body: { Code: 'LogonFailed' } })
  expect(await world.store.read((db) => db.selectFrom('sts_session').selectAll().execute())).toEqual([])
})

test('a profile that is deleted while the password is being checked opens nothing', async () => {
  await addProfile()
  between = async () => {
    await world.store.write((tx) => createRepositories(tx).ram.loginProfiles.remove(alice as never))
  }
  expect(await logOn()).toMatchObject({ status: 401 })
})

test('more logons at once than this server checks at a time are told to come back', async () => {
  await addProfile()
  const headers = { 'content-type': 'application/json' }
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) => {
      const payload = JSON.stringify({ user: `user${index}@${accountId}`, password: 'wrong' })
      const remoteAddress = `192.0.2.${index}`
      return app.inject({ method: 'POST', url: '/console/logon', headers, payload, remoteAddress })
    }),
  )
  const busy = answers.filter(({ statusCode }) => statusCode === 503)
  expect(busy).toHaveLength(8)
  expect(busy[0]?.headers['retry-after']).toBe('1')
  expect(await logOn()).toMatchObject({ status: 200 })
})

describe('a password that must be changed', () => {
  const changed = { newPassword: 'Day-Shift_2025' }

  test('is changed at the logon, and only the new one opens', async () => {
    await addProfile({ passwordResetRequired: true })
    expect(await logOn()).toMatchObject({ status: 403, body: { Code: 'PasswordResetRequired' } })
    const { status, body } = await logOn(changed)
    expect(status).toBe(200)
    expect(await credential(body.Credentials.AccessKeyId)).toBeDefined()
    expect(await logOn()).toMatchObject({ status: 401 })
    expect(await logOn({ password: changed.newPassword })).toMatchObject({ status: 200 })
  })

  test.each(['short', password])('is not changed into %s', async (newPassword) => {
    await addProfile({ passwordResetRequired: true })
    expect(await logOn({ newPassword })).toMatchObject({ status: 400, body: { Code: 'InvalidNewPassword' } })
  })

  test('whoever is logged on with the old one is not any more', async () => {
    await addProfile()
    const { body } = await logOn()
    await logOn(changed)
    expect(await credential(body.Credentials.AccessKeyId)).toBeUndefined()
  })
})

test('a second factor that is asked for and not there lets nobody in', async () => {
  await addProfile({ mfaBindRequired: true })
  expect(await logOn()).toMatchObject({ status: 403, body: { Code: 'SecondFactorNotBound' } })
})

test.each([
  ['a form', 'user=alice&password=x', 'application/x-www-form-urlencoded'],
  ['no JSON', '{', 'application/json'],
  ['a user without an account', '{"user":"alice","password":"x"}', 'application/json'],
  ['something more', '{"user":"alice@a","password":"x","more":1}', 'application/json'],
])('%s is no logon', async (_what, payload, type) => {
  const headers = { 'content-type': type }
  const answer = await app.inject({ method: 'POST', url: '/console/logon', headers, payload })
  expect([answer.statusCode, answer.json().Code]).toEqual([400, 'InvalidRequest'])
})

test('logons are in the audit trail, those with a wrong password too', async () => {
  await addProfile()
  for (let attempt = 0; attempt < 6; attempt++) await logOn({ password: 'wrong' })
  await logOn({ user: `bob@${accountId}`, password: 'wrong' })
  now += 10_000
  const { body } = await logOn()
  await failures.close()
  const events = await world.store.read((db) => auditEventsById(db, 0, 10))
  expect(events.map(({ action, outcome, principal, times }) => [action, outcome, principal, times])).toEqual([
    ['ConsoleSignin', undefined, `acs:ram::${accountId}:user/alice`, undefined],
    ['ConsoleSignin', 'LogonFailed', `acs:ram::${accountId}:user/alice`, 5],
    ['ConsoleSignin', 'TooManyAttempts', 'unknown', 1],
    ['ConsoleSignin', 'LogonFailed', 'unknown', 1],
  ])
  // A name nobody has may be a password in the wrong field.
  expect(JSON.stringify(events)).not.toContain('bob')
  expect(events[0]).toMatchObject({ accountId, principal: `acs:ram::${accountId}:user/alice`, product: 'OpenSAG' })
  expect(events[0]?.accessKeyId).toBe(body.Credentials.AccessKeyId)
})

test('whoever knows the password and is refused all the same is in the audit trail', async () => {
  await addProfile({ passwordResetRequired: true })
  await logOn()
  await logOn({ newPassword: 'short' })
  await world.store.write((tx) =>
    createRepositories(tx).ram.loginProfiles.change(
      alice as never,
      { passwordResetRequired: false, mfaBindRequired: true },
      0,
    ),
  )
  await logOn()
  const events = await world.store.read((db) => auditEventsById(db, 0, 10))
  expect(events.map(({ action, outcome }) => [action, outcome])).toEqual([
    ['ConsoleSignin', 'PasswordResetRequired'],
    ['ConsoleSignin', 'InvalidNewPassword'],
    ['ConsoleSignin', 'SecondFactorNotBound'],
  ])
})

describe('a second factor', () => {
  const seed = Buffer.from('12345678901234567890')
  const code = (steps: number): string => codeOfStep(seed, stepAt(now) + steps)

  async function addFactor(): Promise<void> {
    await addProfile()
    await world.store.write(async (tx) => {
      const { mfaDevices, users } = createRepositories(tx, sealer).ram
      await mfaDevices.add(accountId, 'phone', Secret.of(seed.toString('hex')), 0)
      const [device, user] = [await mfaDevices.device(accountId, 'phone'), await users.user(accountId, 'alice')]
      if (device === undefined || user === undefined) throw new Error('What was added is not there.')
      await mfaDevices.bind(device, user, -1, 0)
    })
  }

  test('is asked for once the password is right, and lets in with its code', async () => {
    await addFactor()
    expect(await logOn({ password: 'wrong' })).toMatchObject({ status: 401, body: { Code: 'LogonFailed' } })
    expect(await logOn()).toMatchObject({ status: 403, body: { Code: 'SecondFactorRequired' } })
    const { body } = await logOn({ code: code(0) })
    // Policies can ask for it: `acs:MFAPresent`.
    expect((await credential(body.Credentials.AccessKeyId))?.caller).toMatchObject({ mfaPresent: true })
  })

  test.each([
    [-2, false],
    [-1, true],
    [1, true],
    [2, false],
  ])('of %i steps from now counts: %s', async (steps, counts) => {
    await addFactor()
    const answer = await logOn({ code: code(steps) })
    expect(answer).toMatchObject(counts ? { status: 200 } : { status: 403, body: { Code: 'SecondFactorFailed' } })
  })

  test('a code counts once, also when it is sent twice at the same time', async () => {
    await addFactor()
    const given = { code: code(0) }
    const both = await Promise.all([logOn(given), logOn(given)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403])
    expect(await logOn({ code: code(-1) })).toMatchObject({ body: { Code: 'SecondFactorFailed' } })
    now += 30_000
    expect(await logOn({ code: code(0) })).toMatchObject({ status: 200 })
  })

  test('wrong codes are slowed down as wrong passwords are, also with logons without a code between them', async () => {
    await addFactor()
    for (let attempt = 0; attempt < 5; attempt++) {
      expect(await logOn({ code: '000000' })).toMatchObject({ body: { Code: 'SecondFactorFailed' } })
      if (attempt < 4) expect(await logOn()).toMatchObject({ body: { Code: 'SecondFactorRequired' } })
    }
    expect(await logOn({ code: code(0) })).toMatchObject({ status: 429 })
  })

  test('that is bound while the password is being checked is not passed by', async () => {
    await addProfile()
    between = async () => {
      between = async () => {}
      await world.store.write(async (tx) => {
        const { mfaDevices, users } = createRepositories(tx, sealer).ram
        await mfaDevices.add(accountId, 'phone', Secret.of(seed.toString('hex')), 0)
        const [device, user] = [await mfaDevices.device(accountId, 'phone'), await users.user(accountId, 'alice')]
        if (device !== undefined && user !== undefined) await mfaDevices.bind(device, user, -1, 0)
      })
    }
    expect(await logOn()).toMatchObject({ status: 401 })
    expect(await logOn()).toMatchObject({ body: { Code: 'SecondFactorRequired' } })
  })
})

describe('the rules of the account', () => {
  const set = (policy: Partial<PasswordPolicy>): Promise<void> =>
    world.store.write((tx) =>
      createRepositories(tx).ram.accounts.setPasswordPolicy(accountId, { ...defaultPasswordPolicy, ...policy }),
    )
  const prefer = (preference: Partial<SecurityPreference>): Promise<void> =>
    world.store.write((tx) =>
      createRepositories(tx).ram.accounts.setSecurityPreference(accountId, {
        ...defaultSecurityPreference,
        ...preference,
      }),
    )
  const days = 24 * 60 * 60 * 1000
  /** Until so many wrong passwords are counted, which no answer waits for. */
  const counted = async (times: number): Promise<void> => {
    for (;;) {
      const [profile] = await world.store.read((db) => db.selectFrom('ram_login_profile').select('failures').execute())
      if (profile?.failures === times) return
      await new Promise(setImmediate)
    }
  }

  test('an expired password is changed at the logon, and no other way', async () => {
    now = 90 * days
    await addProfile()
    await set({ maxAgeDays: 90 })
    expect(await logOn()).toMatchObject({ status: 403, body: { Code: 'PasswordResetRequired' } })
    expect(await logOn({ newPassword: 'Day-Shift_2024' })).toMatchObject({ status: 200 })
    expect(await logOn({ password: 'Day-Shift_2024' })).toMatchObject({ status: 200 })
  })

  test('a password that is not that old is taken', async () => {
    now = 90 * days - 1
    await addProfile()
    await set({ maxAgeDays: 90 })
    expect(await logOn()).toMatchObject({ status: 200 })
  })

  test('with hard expiry its user cannot change it', async () => {
    now = 90 * days
    await addProfile()
    await set({ maxAgeDays: 90, hardExpiry: true })
    for (const more of [{}, { newPassword: 'Day-Shift_2024' }])
      expect(await logOn(more)).toMatchObject({ status: 403, body: { Code: 'PasswordExpired' } })
  })

  test('a new password follows the policy, and is none of the former ones', async () => {
    await addProfile()
    await set({ minimumLength: 12, requireSymbols: true, reusePrevention: 2 })
    const change = (from: string, to: string) => {
      now += 1000
      return logOn({ password: from, newPassword: to })
    }
    for (const weak of ['Short_2024', 'NightShift20242025', password])
      expect(await change(password, weak)).toMatchObject({ status: 400, body: { Code: 'InvalidNewPassword' } })
    expect(await change(password, 'Night-Shift_2025')).toMatchObject({ status: 200 })
    expect(await change('Night-Shift_2025', 'Night-Shift_2026')).toMatchObject({ status: 200 })
    for (const former of [password, 'Night-Shift_2025'])
      expect(await change('Night-Shift_2026', former)).toMatchObject({
        status: 400,
        body: { Code: 'InvalidNewPassword' },
      })
    expect(await change('Night-Shift_2026', 'Night-Shift_2027')).toMatchObject({ status: 200 })
    expect(await change('Night-Shift_2027', password)).toMatchObject({ status: 200 })
  })

  test('so many wrong passwords in an hour, and the right one does not count either', async () => {
    await addProfile()
    await set({ maxAttempts: 2 })
    for (let attempt = 1; attempt <= 2; attempt++) {
      await logOn({ password: 'wrong' })
      await counted(attempt)
    }
    expect(await logOn()).toMatchObject({ status: 401, body: { Code: 'LogonFailed' } })
    now += 60 * 60 * 1000
    expect(await logOn()).toMatchObject({ status: 200 })
  })

  test('a right password between them begins the count anew', async () => {
    await addProfile()
    await set({ maxAttempts: 2 })
    for (let round = 1; round <= 3; round++) {
      await logOn({ password: 'wrong' })
      await counted(1)
      expect(await logOn()).toMatchObject({ status: 200 })
    }
  })

  test('a logon lasts as long as the account says, and comes from where it says', async () => {
    await addProfile()
    await prefer({ loginSessionHours: 2, loginNetworkMasks: '127.0.0.0/8' })
    const answer = await logOn()
    expect(answer.body.Credentials.Expiration).toBe('2026-01-01T02:00:00Z')
    await prefer({ loginNetworkMasks: '10.0.0.0/8;192.168.0.1' })
    expect(await logOn()).toMatchObject({ status: 403, body: { Code: 'NetworkNotAllowed' } })
    // Who does not know the password does not learn that either.
    expect(await logOn({ password: 'wrong' })).toMatchObject({ status: 401 })
  })
})
