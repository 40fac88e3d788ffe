import { createManualTime } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { postgresTypes } from '../store/migrations/column-types.ts'
import { steps } from '../store/migrations/index.ts'
import { createStoreProbe } from './store-probe.ts'

const known = Object.keys(steps(postgresTypes))

/** A database that answers when the test lets it. */
function probed() {
  const time = createManualTime()
  const waiting: { answer(names: readonly string[]): void; fail(): void }[] = []
  const read = () =>
    new Promise((resolve, reject) => {
      waiting.push({
        answer: (names) => resolve({ rows: names.map((name) => ({ name })) }),
        fail: () => reject(new Error('gone')),
      })
    })
  const probe = createStoreProbe({ store: { read: read as never }, timers: time.timers })
  return { time, waiting, probe }
}

/** What the database has answered has come through. */
const heard = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test.each([
  ['nothing when the database has the schema of this version', known, undefined],
  ['nothing when a newer node has taken further steps', [...known, '999-next'], undefined],
  ['schema when a step is missing', known.slice(0, -1), 'schema'],
  ['schema when it is another database', [], 'schema'],
])('a probe finds %s', async (_, names, reason) => {
  const { waiting, probe } = probed()
  const found = probe()
  waiting[0]?.answer(names)
  expect(await found).toBe(reason)
})

test('a database that fails is not ready', async () => {
  const { waiting, probe } = probed()
  const found = probe()
  waiting[0]?.fail()
  expect(await found).toBe('store')
})

test('an answer counts for a second, however often it is asked for', async () => {
  const { time, waiting, probe } = probed()
  const asked = Array.from({ length: 1000 }, () => probe())
  waiting[0]?.answer(known)
  expect(new Set(await Promise.all(asked))).toEqual(new Set([undefined]))
  time.advance(999)
  await probe()
  expect(waiting).toHaveLength(1)
  time.advance(1)
  await probe()
  expect(waiting).toHaveLength(2)
})

test('what was found last is told at once while a slow database is asked anew, and then what it answers', async () => {
  const { time, waiting, probe } = probed()
  const first = probe()
  waiting[0]?.answer(known)
  await first
  time.advance(1000)
  expect(await probe()).toBe(undefined)
  time.advance(1999)
  expect(await probe()).toBe(undefined)
  waiting[1]?.fail()
  await heard()
  expect(await probe()).toBe('store')
  expect(waiting).toHaveLength(2)
})

test('what was found long ago is not told: the answer is waited for', async () => {
  const { time, waiting, probe } = probed()
  const first = probe()
  waiting[0]?.answer(known)
  await first
  time.advance(5000)
  const found = probe()
  waiting[1]?.fail()
  expect(await found).toBe('store')
})

test('a database that does not answer is not ready after two seconds, at once for whoever asks then, and is not asked again until it has answered', async () => {
  const { time, waiting, probe } = probed()
  const found = probe()
  time.advance(2000)
  expect(await found).toBe('store')
  expect(await probe()).toBe('store')
  time.advance(60_000)
  expect(await probe()).toBe('store')
  expect(waiting).toHaveLength(1)
  waiting[0]?.answer(known)
  await heard()
  expect(await probe()).toBe(undefined)
  time.advance(1000)
  void probe()
  expect(waiting).toHaveLength(2)
})
