import { randomBytes } from 'node:crypto'
import { createManualTime, Secret } from '@opensag/protocol'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type OpenIdProvider, startOpenIdProvider } from '../../../../../test/support/openid-provider.ts'
import { limit, until } from '../../../../../test/support/time.ts'
import { createCredentialSource } from '../../access/credentials.ts'
import { createFailures, type Failures } from '../../access/failures.ts'
import { accountId, type Harness, openHarness } from '../../apis/testing/harness.suite.ts'
import { defaultSecurityPreference } from '../../model/security-preference.ts'
import { createSealer } from '../../sealing/sealing.ts'
import { auditEventsById } from '../../store/audit/audit.ts'
import { readDetails } from '../../store/audit/details.ts'
import { createRepositories } from '../../store/repositories.ts'
import { openLogonDoor } from '../door.suite.ts'
import { createPendingCookie } from './pending.ts'

const publicUrl = 'http://127.0.0.1:7240'
const sealer = createSealer(randomBytes(32))
const logger = pino({ level: 'silent' })
const alice = { id: '1', accountId, name: 'alice', email: 'Alice@example.com' }
const bob = { id: '2', accountId, name: 'bob', email: 'bob@example.com' }

let world: Harness
let provider: OpenIdProvider
let nodes: readonly FastifyInstance[]
let failures: Failures
let now: number
/** Happens between the decision and the session. */
let between: () => Promise<void>

beforeAll(async () => {
  provider = await startOpenIdProvider([`${publicUrl}/console/logon/oidc/callback`])
})
afterAll(() => provider?.stop())

beforeEach(async () => {
  now = Date.now()
  between = async () => {}
  provider.people.clear()
  provider.instead.clear()
  provider.people.set('alice-at-provider', { email: 'alice@EXAMPLE.com', email_verified: true })
  world = await openHarness()
  failures = createFailures({ timers: createManualTime().timers, logger, store: world.store, wallClock: () => now })
  await world.store.write(async (tx) => {
    const { ram } = createRepositories(tx)
    for (const user of [alice, bob]) {
      await ram.users.add({ ...user, createdAt: 0 })
      await ram.loginProfiles.add(user as never, profile, 0)
    }
  })
  nodes = [await node(), await node()]
})
afterEach(async () => {
  await Promise.all(nodes.map((one) => one.close()))
  await world.close()
})

const profile = { passwordHash: 'of a password', passwordResetRequired: true, mfaBindRequired: false }

async function node(userClaim = 'email', more: object = {}): Promise<FastifyInstance> {
  const { id: clientId, secret } = provider.client
  const singleSignOn = {
    issuer: provider.issuer,
    clientId,
    clientSecret: Secret.of(secret),
    account: accountId,
    userClaim,
    name: 'Example',
    ...more,
  }
  const { note: noteFailure } = failures
  return openLogonDoor(
    { world, sealer, wallClock: () => now, between: () => between(), noteFailure, logger },
    { publicUrl, singleSignOn },
  )
}

const path = '/console/logon/oidc'

/** What a browser keeps and sends at the console. */
class Visit {
  cookie = ''

  async send(method: 'GET' | 'POST', url: string, app = nodes[0] as FastifyInstance, body: object = {}) {
    const json = method === 'POST' ? { payload: JSON.stringify(body) } : {}
    const headers = { cookie: this.cookie, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) }
    const answer = await app.inject({ method, url, headers, ...json })
    const set = answer.headers['set-cookie']
    if (typeof set === 'string') this.cookie = set.split(';')[0]?.replace(/=$/, '=') ?? ''
    return answer
  }

  async begin(app?: FastifyInstance): Promise<string> {
    const answer = await this.send('POST', path, app, { place: '#/fleet' })
    expect(answer.statusCode).toBe(200)
    return answer.json().Location
  }

  async callback({ pathname, search }: URL, app?: FastifyInstance) {
    return this.send('GET', pathname + search, app)
  }

  async end(app?: FastifyInstance) {
    const answer = await this.send('POST', `${path}/session`, app)
    return { status: answer.statusCode, code: answer.json().Code, body: answer.json(), headers: answer.headers }
  }

  /** All of it. */
  async logOn(subject = 'alice-at-provider', app?: FastifyInstance) {
    await this.callback(await provider.logOn(await this.begin(app), subject), app)
    return this.end(app)
  }
}

const guesses = () => world.store.read((db) => db.selectFrom('guess').selectAll().execute())
const credential = (id: string) => createCredentialSource(world.store, sealer).byAccessKeyId(id)

async function change(work: (ram: ReturnType<typeof createRepositories>['ram']) => Promise<unknown>): Promise<void> {
  await world.store.write((tx) => work(createRepositories(tx, sealer).ram))
}

test('whoever is logged on at the provider is given keys of the user with that address, which are in no address', async () => {
  const visit = new Visit()
  expect((await visit.send('GET', path)).json()).toMatchObject({ Name: 'Example' })
  const page = await visit.begin()
  expect(visit.cookie).not.toContain(new URL(page).searchParams.get('state'))
  const back = await visit.callback(await provider.logOn(page, 'alice-at-provider'))
  expect([back.statusCode, back.headers.location]).toEqual([303, '/console/?logon=oidc#/fleet'])
  const { status, body, headers } = await visit.end()
  expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
  const { AccessKeyId } = body.Credentials
  expect((await credential(AccessKeyId))?.caller).toEqual({
    kind: 'RAMUser',
    accountId,
    accessKeyId: AccessKeyId,
    userId: '1',
    userName: 'alice',
  })
  const sessions = await world.store.read((db) =>
    createRepositories(db).consoleSessions.list({ accountId, now, most: 10 }),
  )
  expect(sessions.sessions).toMatchObject([{ id: AccessKeyId, method: 'SingleSignOn', user: { name: 'alice' } }])
  const [event] = await world.store.read((db) => auditEventsById(db, 0, 10))
  expect(event).toMatchObject({ action: 'ConsoleSignin', outcome: undefined, accessKeyId: AccessKeyId, accountId })
  expect(readDetails(event?.details).parameters).toEqual({
    LogonMethod: 'SingleSignOn',
    Issuer: provider.issuer,
    Subject: 'alice-at-provider',
  })
})

test('a logon begins at one node and ends at others', async () => {
  const [one, other] = nodes
  const visit = new Visit()
  const page = await visit.begin(one)
  await visit.callback(await provider.logOn(page, 'alice-at-provider'), other)
  expect(await visit.end(one)).toMatchObject({ status: 200 })
})

describe('nobody is logged on', () => {
  test('by the answer of a logon that another browser has begun', async () => {
    const back = await provider.logOn(await new Visit().begin(), 'alice-at-provider')
    const victim = new Visit()
    expect((await victim.callback(back)).headers.location).toBe('/console/?logon=oidc')
    expect(await victim.end()).toMatchObject({ status: 403, code: 'SingleSignOnNotBegun' })
    // Nor by one that has begun a logon of its own.
    await victim.begin()
    await victim.callback(back)
    expect(await victim.end()).toMatchObject({ status: 403, code: 'SingleSignOnNotBegun' })
  })

  test('at a provider that was told to send the browser elsewhere', async () => {
    const page = new URL(await new Visit().begin())
    page.searchParams.set('redirect_uri', 'https://attacker.example/callback')
    expect((await fetch(page)).status).toBe(400)
  })

  test('by a code of a logon that another browser has begun, put into its own', async () => {
    const code = (await provider.logOn(await new Visit().begin(), 'alice-at-provider')).searchParams.get('code') ?? ''
    const victim = new Visit()
    const back = await provider.logOn(await victim.begin(), 'alice-at-provider')
    back.searchParams.set('code', code)
    await victim.callback(back)
    expect(await victim.end()).toMatchObject({ status: 403, code: 'SingleSignOnNotProven' })
  })

  test('by a cookie that somebody else has made', async () => {
    const visit = new Visit()
    await visit.callback(await provider.logOn(await visit.begin(), 'alice-at-provider'))
    const other = createPendingCookie(createSealer(randomBytes(32)), false)
    const logon = { state: 's', nonce: 'n', verifier: 'v', place: '', begunAt: now, answer: 'code=c&state=s' }
    visit.cookie = other.set(logon).split(';')[0] ?? ''
    expect(await visit.end()).toMatchObject({ status: 403, code: 'SingleSignOnNotBegun' })
  })

  test('with another state', async () => {
    const visit = new Visit()
    const back = await provider.logOn(await visit.begin(), 'alice-at-provider')
    back.searchParams.set('state', 'x'.repeat(43))
    await visit.callback(back)
    expect(await visit.end()).toMatchObject({ status: 403, code: 'SingleSignOnNotBegun' })
  })

  test('twice by one answer', async () => {
    const visit = new Visit()
    await visit.callback(await provider.logOn(await visit.begin(), 'alice-at-provider'))
    const kept = visit.cookie
    expect(await visit.end()).toMatchObject({ status: 200 })
    expect(await visit.end()).toMatchObject({ code: 'SingleSignOnNotBegun' })
    visit.cookie = kept
    expect(await visit.end()).toMatchObject({ status: 403, code: 'SingleSignOnNotProven' })
  })

  test.each([
    ['nonce', 'n'.repeat(43)],
    ['code_challenge', 'c'.repeat(43)],
  ])('where the provider was given another %s', async (name, value) => {
    const visit = new Visit()
    const page = new URL(await visit.begin())
    page.searchParams.set(name, value)
    await visit.callback(await provider.logOn(page.href, 'alice-at-provider'))
    expect(await visit.end()).toMatchObject({ status: 403, code: 'SingleSignOnNotProven' })
  })

  test('by an answer that names another issuer', async () => {
    const visit = new Visit()
    const back = await provider.logOn(await visit.begin(), 'alice-at-provider')
    back.searchParams.set('iss', 'https://attacker.example')
    await visit.callback(back)
    expect(await visit.end()).toMatchObject({ status: 403, code: 'SingleSignOnNotProven' })
  })

  test('by a token that the keys of the provider have not signed', async () => {
    const { keys } = (await (await fetch(`${provider.issuer}/jwks`)).json()) as { readonly keys: readonly object[] }
    const others = keys.map((key) => ('n' in key ? { ...key, n: randomBytes(256).toString('base64url') } : key))
    provider.instead.set('/jwks', { status: 200, body: JSON.stringify({ keys: others }) })
    expect(await new Visit().logOn()).toMatchObject({ status: 403, code: 'SingleSignOnNotProven' })
  })

  test('who goes back from the page of the provider', async () => {
    const visit = new Visit()
    await visit.callback(await provider.abort(await visit.begin()))
    expect(await visit.end()).toMatchObject({ status: 403, code: 'SingleSignOnRefused' })
  })

  test('who takes longer than ten minutes', async () => {
    const visit = new Visit()
    await visit.callback(await provider.logOn(await visit.begin(), 'alice-at-provider'))
    now += 10 * 60_000 + 1
    expect(await visit.end()).toMatchObject({ status: 403, code: 'SingleSignOnNotBegun' })
  })

  test.each([
    ['whom no user has the address of', { email: 'carol@example.com', email_verified: true }, 'UserUnknown'],
    ['without an address', {}, 'UserUnknown'],
    ['whose address is not verified', { email: alice.email, email_verified: false }, 'EmailNotVerified'],
    ['of whose address nothing is said', { email: alice.email }, 'EmailNotVerified'],
    ['whose address is verified in a text', { email: alice.email, email_verified: 'true' }, 'EmailNotVerified'],
  ])('%s', async (_who, person, code) => {
    provider.people.set('somebody', person)
    expect(await new Visit().logOn('somebody')).toMatchObject({ status: 403, code: `SingleSignOn${code}` })
  })

  test('whose address is another one that only looks the same', async () => {
    await change((ram) => ram.users.change(bob as never, { email: 'mike@example.com' }, 0))
    // The sign of kelvin, whose small letter is k.
    provider.people.set('somebody', { email: 'mi\u212ae@example.com', email_verified: true })
    expect(await new Visit().logOn('somebody')).toMatchObject({ status: 403, code: 'SingleSignOnUserUnknown' })
  })

  test('where two users have the address', async () => {
    await change((ram) => ram.users.change(bob as never, { email: alice.email }, 0))
    expect(await new Visit().logOn()).toMatchObject({ code: 'SingleSignOnUserUnknown' })
  })

  test('who may not log on to the console, and the audit says so', async () => {
    await change((ram) => ram.loginProfiles.remove(alice as never))
    expect(await new Visit().logOn()).toMatchObject({ status: 403, code: 'SingleSignOnNoLogon' })
    const [event] = await world.store.read((db) => auditEventsById(db, 0, 10))
    expect(event).toMatchObject({ outcome: 'SingleSignOnNoLogon', principal: `acs:ram::${accountId}:user/alice` })
    expect(readDetails(event?.details).parameters).toMatchObject({ LogonMethod: 'SingleSignOn' })
  })

  test('from a network that the account does not allow', async () => {
    const preference = { ...defaultSecurityPreference, loginNetworkMasks: '203.0.113.0/24' }
    await change((ram) => ram.accounts.setSecurityPreference(accountId, preference))
    expect(await new Visit().logOn()).toMatchObject({ status: 403, code: 'NetworkNotAllowed' })
  })
})

describe('an identity at the provider', () => {
  test('stays the user it was at its first logon, whatever its address is later', async () => {
    expect(await new Visit().logOn()).toMatchObject({ status: 200 })
    provider.people.set('alice-at-provider', { email: bob.email, email_verified: true })
    const { body } = await new Visit().logOn()
    expect((await credential(body.Credentials.AccessKeyId))?.caller).toMatchObject({ userName: 'alice' })
  })

  test('that is given the address of another is refused, and bound anew with a new login profile only', async () => {
    expect(await new Visit().logOn()).toMatchObject({ status: 200 })
    provider.people.set('newcomer', { email: alice.email, email_verified: true })
    expect(await new Visit().logOn('newcomer')).toMatchObject({ status: 403, code: 'SingleSignOnOtherIdentity' })
    await change((ram) => ram.loginProfiles.remove(alice as never))
    await change((ram) => ram.loginProfiles.add(alice as never, profile, 0))
    expect(await new Visit().logOn('newcomer')).toMatchObject({ status: 200 })
    expect(await new Visit().logOn()).toMatchObject({ code: 'SingleSignOnOtherIdentity' })
  })

  test('is named by another claim where that is set: it must be the name of the user', async () => {
    const app = await node('preferred_username')
    provider.people.set('someone', { preferred_username: 'bob', email: alice.email, email_verified: true })
    const { body } = await new Visit().logOn('someone', app)
    expect((await credential(body.Credentials.AccessKeyId))?.caller).toMatchObject({ userName: 'bob' })
    provider.people.set('other', { preferred_username: 'BOB' })
    expect(await new Visit().logOn('other', app)).toMatchObject({ code: 'SingleSignOnUserUnknown' })
    await app.close()
  })
})

test.each([
  [
    'a login profile that is deleted',
    'SingleSignOnNoLogon',
    () => change((ram) => ram.loginProfiles.remove(alice as never)),
  ],
  [
    'another identity that is bound',
    'SingleSignOnOtherIdentity',
    () => change((ram) => ram.identities.bind(alice as never, { issuer: provider.issuer, subject: 'another' }, 0)),
  ],
])('%s meanwhile logs nobody on, and the audit says so', async (_what, code, meanwhile) => {
  between = meanwhile
  expect(await new Visit().logOn()).toMatchObject({ status: 403, code })
  const [event] = await world.store.read((db) => auditEventsById(db, 0, 10))
  expect(event).toMatchObject({ action: 'ConsoleSignin', outcome: code, principal: `acs:ram::${accountId}:user/alice` })
  expect(await world.store.read((db) => db.selectFrom('sts_session').selectAll().execute())).toEqual([])
})

describe('a user who must have a second factor', () => {
  beforeEach(() => change((ram) => ram.loginProfiles.change(alice as never, { mfaBindRequired: true }, 0)))

  test('is refused where the provider does not say that it asked for one', async () => {
    expect(await new Visit().logOn()).toMatchObject({ status: 403, code: 'SingleSignOnSecondFactor' })
  })

  test('is logged on with one where it says so', async () => {
    provider.people.set('alice-at-provider', { email: alice.email, email_verified: true, amr: ['pwd', 'mfa'] })
    const { body } = await new Visit().logOn()
    expect((await credential(body.Credentials.AccessKeyId))?.caller).toMatchObject({ mfaPresent: true })
  })
})

test('whoever has a security key does not come in without it', async () => {
  const key = { id: 'sk-1', accountId, userId: alice.id, name: 'blue', rpId: 'sag.example.com', transports: [] }
  await change((ram) =>
    ram.securityKeys.add({ ...key, credentialId: 'one', publicKey: 'a key', counter: 0, createdAt: 0 }),
  )
  expect(await new Visit().logOn()).toMatchObject({ status: 403, code: 'SingleSignOnSecondFactor' })
})

test('a session ends with the login profile of its user', async () => {
  const { body } = await new Visit().logOn()
  const { AccessKeyId } = body.Credentials
  expect(await credential(AccessKeyId)).toBeDefined()
  await change((ram) => ram.loginProfiles.remove(alice as never))
  expect(await credential(AccessKeyId)).toBeUndefined()
})

test('a provider that is away is told of, and logs on when it is back', async () => {
  await provider.stop()
  const visit = new Visit()
  const refused = await visit.send('POST', path, undefined, { place: '' })
  expect([refused.statusCode, refused.json().Code]).toEqual([503, 'SingleSignOnUnavailable'])
  await provider.start()
  const page = await provider.logOn(await visit.begin(), 'alice-at-provider')
  await visit.callback(page)
  await provider.stop()
  expect(await visit.end()).toMatchObject({ status: 503, code: 'SingleSignOnUnavailable' })
  await provider.start()
  expect(await visit.logOn()).toMatchObject({ status: 200 })
})

test.each([
  ['does not answer', 503],
  ['asks for less', 429],
  ['does not know this server', 401],
])('a provider that %s counts against nobody', async (_what, status) => {
  const visit = new Visit()
  await visit.callback(await provider.logOn(await visit.begin(), 'alice-at-provider'))
  const { cookie } = visit
  provider.instead.set('/token', { status, body: JSON.stringify({ error: 'invalid_client' }) })
  for (let attempt = 0; attempt < 6; attempt++) {
    visit.cookie = cookie
    expect(await visit.end()).toMatchObject({ status: 503, code: 'SingleSignOnUnavailable' })
  }
  provider.instead.clear()
  visit.cookie = cookie
  expect(await visit.end()).toMatchObject({ status: 200 })
  expect(await guesses()).toEqual([])
})

test.each(['at once', 'after the body'] as const)(
  'who waits for a provider that hangs %s holds nobody up, and is told',
  async (hangs) => {
    const app = await node('email', { patience: limit(1000) / 1000 })
    const visit = new Visit()
    await visit.callback(await provider.logOn(await visit.begin(app), 'alice-at-provider'), app)
    const { cookie } = visit
    provider.instead.set('/token', { status: 200, body: '{', hangs })
    let isOver = false
    const waiting = visit.end(app).finally(() => {
      isOver = true
    })
    // Neither the database nor the server waits with it.
    await until('the attempt is counted', async () => (await guesses()).length > 0)
    await change((ram) => ram.users.change(bob as never, { comments: 'changed meanwhile' }, 0))
    expect((await visit.send('GET', path, app)).statusCode).toBe(200)
    expect(isOver).toBe(false)
    expect(await waiting).toMatchObject({ status: 503, code: 'SingleSignOnUnavailable' })
    expect(await guesses()).toEqual([])
    visit.cookie = cookie
    provider.instead.clear()
    expect(await visit.end(app)).toMatchObject({ status: 200 })
    await app.close()
  },
)

test.each(['server_error', 'temporarily_unavailable'])(
  'a provider that sends a browser back with %s is away',
  async (error) => {
    const visit = new Visit()
    const back = await provider.abort(await visit.begin())
    back.searchParams.set('error', error)
    await visit.callback(back)
    expect(await visit.end()).toMatchObject({ status: 503, code: 'SingleSignOnUnavailable' })
    expect(await guesses()).toEqual([])
  },
)

test('who tries again and again has to wait, and all of it is counted', async () => {
  const visit = new Visit()
  await visit.callback(await provider.abort(await visit.begin()))
  const { cookie } = visit
  for (let attempt = 0; attempt < 5; attempt++) {
    visit.cookie = cookie
    expect(await visit.end()).toMatchObject({ code: 'SingleSignOnRefused' })
  }
  visit.cookie = cookie
  expect(await visit.end()).toMatchObject({ status: 429, code: 'TooManyAttempts', headers: { 'retry-after': '1' } })
  expect(failures.counts()).toEqual([
    { action: 'ConsoleSignin', reason: 'SingleSignOnRefused', count: 5 },
    { action: 'ConsoleSignin', reason: 'TooManyAttempts', count: 1 },
  ])
})

test.each([
  ['a place elsewhere', { place: 'https://attacker.example' }],
  ['something more', { place: '', more: 1 }],
])('%s begins nothing', async (_what, body) => {
  const answer = await new Visit().send('POST', path, undefined, body)
  expect([answer.statusCode, answer.json().Code]).toEqual([400, 'InvalidRequest'])
})

test.each([path, `${path}/session`, `${path}/leave`])(
  'a form sent to %s does nothing: a page of another origin could send one',
  async (url) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await (nodes[0] as FastifyInstance).inject({ method: 'POST', url, headers, payload: 'place=' })
    expect(answer.statusCode).toBe(400)
  },
)

describe('after a log-off from the console', () => {
  const leave = (app?: FastifyInstance, body?: object) => new Visit().send('POST', `${path}/leave`, app, body)
  const metadata = async (more: object) => {
    const document = '/.well-known/openid-configuration'
    const said = (await (await fetch(provider.issuer + document)).json()) as object
    provider.instead.set(document, { status: 200, body: JSON.stringify({ ...said, ...more }) })
  }

  test('the page of the provider is offered, with nothing in its address that says who it is', async () => {
    const { Location } = (await leave()).json()
    expect(Location).toBe(`${provider.issuer}/session/end?client_id=${provider.client.id}`)
  })

  test('it sends browsers back to the console where the settings say so, and nowhere else', async () => {
    const app = await node('email', { logOff: 'return' })
    const back = new URL((await leave(app)).json().Location).searchParams.get('post_logout_redirect_uri')
    expect(back).toBe(`${publicUrl}/console/`)
    const elsewhere = { post_logout_redirect_uri: 'https://attacker.example' }
    expect((await leave(app, elsewhere)).json()).toMatchObject({ Code: 'InvalidRequest' })
    await app.close()
  })

  test('nothing is offered where the settings say so, or the provider has no such page', async () => {
    const app = await node('email', { logOff: 'off' })
    expect((await leave(app)).json()).toEqual({ RequestId: expect.any(String) })
    await app.close()
    await metadata({ end_session_endpoint: undefined })
    expect((await leave()).json()).toEqual({ RequestId: expect.any(String) })
  })

  test.each(['javascript:alert(1)', 'no address'])(
    'a page at %s is none that a browser is sent to',
    async (address) => {
      await metadata({ end_session_endpoint: address, authorization_endpoint: address })
      expect((await leave()).json()).toMatchObject({ Code: 'SingleSignOnUnavailable' })
      expect((await new Visit().send('POST', path, undefined, { place: '' })).json()).toMatchObject({
        Code: 'SingleSignOnUnavailable',
      })
    },
  )
})
