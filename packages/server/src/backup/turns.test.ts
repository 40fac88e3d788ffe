import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createManualTime } from '@opensag/protocol'
import fc from 'fast-check'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { limit, until } from '../../../../test/support/time.ts'
import { forgetNode, noteSeen } from '../store/gateways/nodes.ts'
import { writeSetting } from '../store/settings.ts'
import { temporaryFolder } from '../store/sqlite/folders.suite.ts'
import { openSqliteStore } from '../store/sqlite/open.ts'
import type { Store } from '../store/store.ts'
import { startScheduledBackups } from './schedule.ts'
import { turnsInStore } from './turns.ts'

const hour = 3_600_000
const minute = 60_000
const began = Date.UTC(2026, 10, 28, 12)

async function newStore(): Promise<Store> {
  const store = await openSqliteStore({ folder: temporaryFolder() })
  onTestFinished(() => store.close())
  return store
}

const startNode = (store: Store, id: string, startedAt = began): Promise<unknown> =>
  store.write((tx) => noteSeen(tx, { id, at: startedAt, startedAt, version: '' }))
const loseNode = (store: Store, id: string, startedAt = began): Promise<void> =>
  store.write((tx) => forgetNode(tx, { id, startedAt }))
const turnsOf = (store: Store, nodeId: string, everyMs = 24 * hour) => turnsInStore(store, { nodeId, everyMs })

test('one node has the turn; the other one asks again within minutes, and later at the interval of what was made', async () => {
  const store = await newStore()
  await startNode(store, 'a')
  await startNode(store, 'b')
  const [a, b] = [turnsOf(store, 'a'), turnsOf(store, 'b')]
  expect(await a.take(began)).toBe(0)
  expect(await b.take(began)).toBe(minute)
  await a.end(began)
  expect(await b.take(began + hour)).toBe(23 * hour)
  expect(await a.take(began + hour)).toBe(23 * hour)
  expect(await b.take(began + 24 * hour)).toBe(0)
  expect(await a.take(began + 24 * hour)).toBe(minute)
})

test('the turn of a node that failed is free; that of one that was given up, too', async () => {
  const store = await newStore()
  await startNode(store, 'a')
  await startNode(store, 'b')
  const [a, b] = [turnsOf(store, 'a'), turnsOf(store, 'b')]
  expect(await a.take(began)).toBe(0)
  await a.end(undefined)
  expect(await b.take(began)).toBe(0)
  await loseNode(store, 'b')
  expect(await a.take(began)).toBe(0)
  // It comes back after it stood still: what it made late does not end the turn of the other one.
  await startNode(store, 'b')
  await b.end(began)
  expect(await b.take(began)).toBe(minute)
})

test('the turn of an earlier process of a node is over, whichever node asks', async () => {
  const store = await newStore()
  await startNode(store, 'a')
  await startNode(store, 'b')
  expect(await turnsOf(store, 'a').take(began)).toBe(0)
  await startNode(store, 'a', began + 1)
  expect(await turnsOf(store, 'b').take(began)).toBe(0)
})

test('a node that the others have given up takes no turn until it says again that it runs', async () => {
  const store = await newStore()
  expect(await turnsOf(store, 'a').take(began)).toBe(minute)
  await startNode(store, 'a')
  expect(await turnsOf(store, 'a').take(began)).toBe(0)
})

test.each([
  ['is damaged', 'x', 0],
  ['is of a clock that ran a day ahead', JSON.stringify({ madeAt: began + 24 * hour }), 0],
  ['is of a clock that is a minute ahead', JSON.stringify({ madeAt: began + minute }), 24 * hour + minute],
])('what is noted of the last backup %s', async (_, text, waits) => {
  const store = await newStore()
  await startNode(store, 'a')
  await store.write((tx) => writeSetting(tx, 'backup-turn', text))
  expect(await turnsOf(store, 'a').take(began)).toBe(waits)
})

test(
  'of three nodes exactly one makes each backup, whichever of them die, fail and come back',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), fc.constantFrom('dies', 'fails', 'makes')), { maxLength: 5 }), run),
      { numRuns: 6 },
    )
  },
  limit(60_000),
)

/** Each step ends with the next backup, and says which node dies before it, or whose backups fail. */
async function run(steps: readonly (readonly [number, string])[]): Promise<void> {
  const store = await newStore()
  const time = createManualTime()
  const wallClock = (): number => began + time.timers.now()
  const root = temporaryFolder()
  let making = 0
  let failing = ''
  const schedules = new Map<string, { close(): Promise<void> }>()

  async function start(id: string): Promise<void> {
    await startNode(store, id)
    const folder = join(root, id)
    const make = async (to: string): Promise<void> => {
      expect(++making).toBe(1)
      await Promise.resolve()
      making--
      if (failing === id) throw new Error('disk full')
      mkdirSync(to)
      writeFileSync(join(to, 'manifest.json'), JSON.stringify({ kind: 'opensag-backup' }))
    }
    schedules.set(
      id,
      startScheduledBackups({
        schedule: { folder, everyMs: 24 * hour, keep: 100, withMasterKey: true },
        turns: turnsOf(store, id),
        make,
        wallClock,
        timers: time.timers,
        logger: pino({ level: 'silent' }),
      }),
    )
  }
  const ids = ['a', 'b', 'c']
  const settled = (): Promise<unknown> => until('all wait', () => time.pending() === schedules.size)
  const names = (): readonly string[] => ids.flatMap((id) => readdirSync(join(root, id))).sort()
  for (const id of ids) await start(id)
  await settled()
  expect(names()).toHaveLength(1)
  let since = time.timers.now()
  for (const [step, [index, what]] of steps.entries()) {
    const id = ids[index] as string
    failing = what === 'fails' ? id : ''
    if (what === 'dies') {
      await schedules.get(id)?.close()
      schedules.delete(id)
      await loseNode(store, id)
    }
    while (names().length < step + 2) {
      time.advance(10 * minute)
      await settled()
      // Another node makes the one of a node that fails or is gone.
      expect(time.timers.now() - since).toBeLessThanOrEqual(26 * hour)
    }
    expect(names()).toHaveLength(step + 2)
    expect(new Set(names()).size).toBe(step + 2)
    expect(time.timers.now() - since).toBeGreaterThanOrEqual(24 * hour)
    since = time.timers.now()
    if (!schedules.has(id)) await start(id)
    await settled()
  }
  for (const one of schedules.values()) await one.close()
}
