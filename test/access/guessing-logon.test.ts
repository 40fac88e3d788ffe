import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import fastify, { type FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashClientPassword } from '../../packages/server/src/access/client-passwords.ts'
import { createIds } from '../../packages/server/src/apis/ids.ts'
import { accountId, type Harness, openHarness } from '../../packages/server/src/apis/testing/harness.suite.ts'
import { change } from '../../packages/server/src/apis/testing/networks.suite.ts'
import { registerConsoleLogon } from '../../packages/server/src/console-logon/routes.ts'
import { createSealer } from '../../packages/server/src/sealing/sealing.ts'
import { tellingRatio } from './timing.ts'

const right = 'Right-Password-1'
const wrong = 'Wrong-Password-1'
const day = 24 * 60 * 60 * 1000

let world: Harness
let app: FastifyInstance
let time = Date.UTC(2026, 10, 25)

beforeAll(async () => {
  world = await openHarness()
  const passwordHash = await hashClientPassword(Secret.of(right))
  await change(world, async ({ ram }) => {
    await ram.accounts.setAlias(accountId, 'example')
    for (const name of ['alice', 'keys-only', 'needs-new', 'needs-factor']) {
      await ram.users.add({ id: `1${name}`, accountId, name, createdAt: 0 })
      const user = await ram.users.user(accountId, name)
      if (user === undefined) throw new Error('The user is not there.')
      if (name === 'keys-only') continue
      const flags = { passwordResetRequired: name === 'needs-new', mfaBindRequired: name === 'needs-factor' }
      await ram.loginProfiles.add(user, { passwordHash, ...flags }, 0)
    }
  })
  app = fastify()
  await registerConsoleLogon(app, {
    store: world.store,
    sealer: createSealer(randomBytes(32)),
    // Each attempt on another day: what is measured is the answer, not the throttle.
    wallClock: () => (time += day),
    noteFailure: () => {},
    guessKey: Secret.of('the key of this test'),
    siteOf: () => undefined,
    random: randomBytes,
    newCredentials: createIds(randomBytes).sessionCredentials,
    logger: pino({ level: 'silent' }),
  })
})
afterAll(async () => {
  await app.close()
  await world.close()
})

async function logOn(user: string, password: string): Promise<{ readonly status: number; readonly text: string }> {
  const { statusCode, body, headers } = await app.inject({
    method: 'POST',
    url: '/console/logon',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({ user, password }),
  })
  // What is another one in every answer, of whomever.
  const { date, 'x-acs-request-id': id, ...kept } = headers
  return { status: statusCode, text: JSON.stringify([kept, body]).replaceAll(String(id), '…') }
}

const strangers = [
  ['a user who is not there', `bob@${accountId}`],
  ['an account that is not there', 'alice@1999999999999999'],
  ['an alias that is not there', 'alice@nowhere'],
  ['a user without a password', `keys-only@${accountId}`],
  ['a user who must set a new password', `needs-new@${accountId}`],
  ['a user who needs a second factor', `needs-factor@${accountId}`],
] as const

describe('whoever guesses at the console', () => {
  test('is let in with the right password', async () => {
    expect((await logOn('alice@example', right)).status).toBe(200)
  })

  test.each(strangers)('is answered the same for a wrong password of a known user and for %s', async (_, user) => {
    const known = await logOn('alice@example', wrong)
    expect(known.status).toBe(401)
    expect(await logOn(user, wrong)).toEqual(known)
  })

  test.each(strangers.slice(0, 4))('waits as long for a known user as for %s', async (_, user) => {
    expect(
      await tellingRatio(
        7,
        () => logOn(`alice@${accountId}`, wrong),
        () => logOn(user, wrong),
      ),
    ).toBeUndefined()
  })
})
