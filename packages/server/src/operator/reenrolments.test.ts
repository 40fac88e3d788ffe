import { randomBytes } from 'node:crypto'
import { Secret } from '@opensag/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { resealAll } from '../master-key/reseal.ts'
import { createKeyRing } from '../sealing/key-ring.ts'
import { createSealer } from '../sealing/sealing.ts'
import { createFleet } from '../store/fleet/create-fleet.ts'
import { enrolGateway } from '../store/gateways/gateways.ts'
import { useOffered } from '../store/gateways/reenrolments.ts'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import type { Store } from '../store/store.ts'
import { openTestStore } from '../store/testing/database.suite.ts'
import { type OperatorContext, OperatorRefusal } from './command.ts'
import { deviceReenrol } from './devices.ts'
import { reenrolmentOffer, reenrolmentShow } from './reenrolments.ts'

const sealer = createSealer(Buffer.alloc(32, 7))
const dayMs = 86_400_000

let store: Store
let now: number
beforeEach(async () => {
  now = 1_700_000_000_000
  store = await openTestStore(temporaryFolder())
  for (const serial of ['sag1', 'sag2', 'sag3', 'sag4']) await add(serial)
  // One is connected, and one has not enrolled.
  await set('sag2', { node: 'here' })
  await set('sag4', { sign_key: null })
})
afterEach(() => store.close())

async function add(serial: string): Promise<void> {
  await store.write(async (tx) => {
    const device = { serial, model: 'sag-1000', version: '2.3.1.1', resettable: true, createdAt: 0 } as const
    await createFleet(tx, sealer).addDevice({ ...device, enrolmentKey: Secret.of('key') })
    await enrolGateway(tx, serial, { signKey: 'sign', sealKey: 'seal', at: 0 })
  })
}

async function set(serial: string, columns: object): Promise<void> {
  await store.write((tx) => tx.updateTable('device').set(columns).where('serial', '=', serial).execute())
}

interface Line {
  readonly serial: string
  readonly enrolmentKey: string
  readonly until: string
}

const context = (): OperatorContext =>
  ({ store, sealer, random: randomBytes, wallClock: () => now }) as unknown as OperatorContext

async function offer(given: object): Promise<readonly Line[]> {
  const input = reenrolmentOffer.input.parse(given)
  const found: Line[] = []
  for await (const line of (await reenrolmentOffer.run(context(), input)) as AsyncIterable<Line>) found.push(line)
  return found
}
const show = (): Promise<unknown> => reenrolmentShow.run(context(), {})

test.each([
  [{ all: true }, ['sag1', 'sag2', 'sag3']],
  [{ offline: true }, ['sag1', 'sag3']],
  [{ serial: ['sag2', 'sag4'] }, ['sag2', 'sag4']],
])('with %j the gateways %j get a key each', async (given, serials) => {
  const lines = await offer(given)
  expect(lines.map(({ serial }) => serial)).toEqual(serials)
  expect(new Set(lines.map(({ enrolmentKey }) => enrolmentKey)).size).toBe(serials.length)
  for (const { enrolmentKey, until } of lines) {
    expect(enrolmentKey).toMatch(/^reenrol-[\w-]{32}$/)
    expect(Date.parse(until)).toBe(now + 7 * dayMs)
  }
})

test.each([{}, { all: true, offline: true }, { offline: true, serial: ['sag1'] }])('%j is refused', async (given) => {
  await expect(offer(given)).rejects.toThrow(OperatorRefusal)
})

test('a gateway that is not in the inventory is named, and the others get their keys', async () => {
  const lines = await offer({ serial: ['sag9', 'sag1'] })
  expect(lines).toMatchObject([{ serial: 'sag9', error: 'It is not in the inventory.' }, { serial: 'sag1' }])
  expect(await show()).toMatchObject({ pending: 1 })
})

test('run again it answers the keys that have not served, and new ones for those that have expired', async () => {
  const first = await offer({ serial: ['sag1'], days: 1 })
  expect(await offer({ serial: ['sag1'], days: 5 })).toEqual(first)
  now += dayMs
  expect(await show()).toEqual({ pending: 0, expired: 1, done: 0, notDone: ['sag1'] })
  const [again] = await offer({ serial: ['sag1'] })
  expect(again?.enrolmentKey).not.toBe(first[0]?.enrolmentKey)
})

test('the operator sees how many are left, and after a key has served it is not offered any more', async () => {
  const [used] = await offer({ all: true })
  await store.write((tx) => useOffered(tx, 'sag1', 'sealed'))
  expect(await show()).toEqual({ pending: 2, expired: 0, done: 1, notDone: ['sag2', 'sag3'] })
  const [again] = await offer({ serial: ['sag1'] })
  expect(again?.enrolmentKey).not.toBe(used?.enrolmentKey)
})

test('no key is in the store but sealed', async () => {
  const lines = await offer({ all: true })
  const rows = JSON.stringify(await store.read((db) => db.selectFrom('device').selectAll().execute()))
  for (const { enrolmentKey } of lines) expect(rows).not.toContain(enrolmentKey)
})

test('a key that was given out stays the same when the master key is replaced', async () => {
  const first = await offer({ serial: ['sag1'] })
  const ring = createKeyRing(Buffer.alloc(32, 7))
  ring.turnTo(Buffer.alloc(32, 8))
  expect(await resealAll(store, ring)).toMatchObject({ unreadable: [] })
  ring.forgetOlder()
  const input = reenrolmentOffer.input.parse({ serial: ['sag1'] })
  const again: Line[] = []
  const lines = await reenrolmentOffer.run({ ...context(), sealer: ring }, input)
  for await (const line of lines as AsyncIterable<Line>) again.push(line)
  expect(again).toEqual(first)
})

test('a device that the operator has enrol again at once has no other key any more', async () => {
  await offer({ serial: ['sag1'] })
  await deviceReenrol.run({ ...context(), disconnect: async () => {} }, { serial: 'sag1' })
  expect(await show()).toMatchObject({ pending: 0, done: 0 })
})
