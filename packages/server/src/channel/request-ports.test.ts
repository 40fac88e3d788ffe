import { randomBytes } from 'node:crypto'
import { createKeyPair, Secret } from '@opensag/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { type Bus, type BusMessage, NoReply } from '../bus/bus.ts'
import type { Device } from '../model/device.ts'
import type { PasswordOutcome } from '../model/gateway-requests.ts'
import { movePasswordChange } from '../store/gateways/password-changes.ts'
import { setConnected } from '../store/gateways/presence.ts'
import { createAdminPasswords } from './admin-passwords.ts'
import { createTestWorld, isDone, serial, type TestWorld } from './testing/channel-world.suite.ts'

const sealKey = createKeyPair('X25519', randomBytes).publicKey
let site: TestWorld
beforeEach(async () => {
  site = await createTestWorld()
  await site.change((tx) => setConnected(tx, serial, { node: 'holder', at: 0 }))
})
afterEach(() => site.close())

const silent = (): Promise<never> => Promise.reject(new NoReply())

/** A call whose gateway is held by a node that answers so. */
function call(handed: (message: BusMessage, limitMs: number) => Promise<BusMessage>): {
  readonly outcome: Promise<PasswordOutcome>
  readonly asked: string[]
  readonly password: Secret
} {
  const asked: string[] = []
  const password = Secret.of('P4ssword_new')
  const bus: Pick<Bus, 'request'> = {
    async request(_serial, message, limitMs) {
      asked.push(String(message['kind']))
      if (message['kind'] === 'reserve-password-change') return { turn: 4 }
      if (message['kind'] === 'step-down') return {}
      return handed(message, limitMs)
    },
  }
  const { change } = createAdminPasswords({
    ...{ store: site.world.store, wallClock: site.time.wallClock, timers: site.time.timers, random: randomBytes },
    ...{ bus: bus as Bus, logger: pino({ level: 'silent' }), answerMs: 8000 },
  })
  const device = { serial, sealKey, instanceId: undefined } as Device
  const who = { accountId: '', principal: '', requestId: '' }
  return {
    outcome: change({ device, password, began: site.time.timers.now(), ...who }),
    asked,
    password,
  }
}

const nodeOf = async () => (await site.row())?.node
const entries = () => site.store.read((db) => db.selectFrom('password_change').selectAll().execute())

test('a password is wiped once it is sealed: while the gateway works nobody here has it', async () => {
  const { outcome, password } = call(async () => {
    expect(() => password.reveal()).toThrow('no value')
    return { outcome: 'accepted' }
  })
  expect(await outcome).toBe('accepted')
})

describe('a call whose gateway was told and nobody answers', () => {
  test('has failed, and the gateway counts as not connected in the same unit of work', async () => {
    const { outcome, asked } = call(silent)
    expect(await outcome).toBe('unreachable')
    expect((await entries()).map((entry) => entry.outcome)).toEqual(['failed'])
    expect(await nodeOf()).toBeUndefined()
    expect(await site.events()).toContain('DeviceOffline')
    // Whoever holds it is told besides.
    expect(asked).toEqual(['reserve-password-change', 'change-password', 'step-down'])
  })

  test('has succeeded when the journal says so by then: the gateway stays connected', async () => {
    const { outcome, asked } = call(async (message) => {
      await site.change((tx) =>
        movePasswordChange(tx, { id: String(message['changeId']), outcome: 'succeeded', at: 1 }),
      )
      return silent()
    })
    expect(await outcome).toBe('accepted')
    expect(await nodeOf()).toBe('holder')
    expect(asked).not.toContain('step-down')
  })

  test('has no answer as long as the journal cannot be asked, and then what the journal says', async () => {
    const { outcome } = call(async () => {
      site.beforeNextWrite(() => Promise.reject(new Error('no space left')))
      return silent()
    })
    await until('it waits before it asks the journal again', () => site.time.pending() === 1)
    expect(await isDone(outcome)).toBe(false)
    site.time.advance(1000)
    expect(await outcome).toBe('unreachable')
    expect(await nodeOf()).toBeUndefined()
  })
})

test('a turn that lapsed fails the call and nothing else: the gateway was told nothing', async () => {
  const { outcome, asked } = call(async () => ({ outcome: 'lapsed' }))
  expect(await outcome).toBe('busy')
  expect((await entries()).map((entry) => entry.outcome)).toEqual(['failed'])
  expect(await nodeOf()).toBe('holder')
  expect(asked).not.toContain('step-down')
})

test('a gateway is told of a change once the journal has it, and not before', async () => {
  const letGo = site.holdNextWrite()
  const { outcome, asked } = call(async () => ({ outcome: 'accepted' }))
  // Whoever does not wait for the journal has handed it over by then.
  for (let time = 0; time < 3; time++) expect(await isDone(outcome)).toBe(false)
  expect(asked).toEqual(['reserve-password-change'])
  letGo()
  expect(await outcome).toBe('accepted')
  expect(await entries()).toMatchObject([{ generation: 4, serial }])
})

test('a holder has longer to answer than the gateway has to prove', async () => {
  let limit = 0
  const { outcome } = call(async (_message, limitMs) => {
    limit = limitMs
    return { outcome: 'accepted' }
  })
  await outcome
  expect(limit).toBeGreaterThan(5000)
})
