import { createManualTime, type WireReport } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { until } from '../../../../test/support/time.ts'
import { createPacedReports, type Note } from './paced-reports.ts'

function report(localRevision: number): WireReport {
  return {
    version: '2.3.1.1',
    startedAt: 0,
    serviceIp: '192.0.2.7',
    localRevision,
    syncedRevision: 0,
    resettable: true,
  }
}

function createWorld() {
  const time = createManualTime()
  const written: Note[] = []
  const notes = createPacedReports({
    limits: { burst: 2, everyMs: 1000 },
    timers: time.timers,
    wallClock: time.wallClock,
    write: async (note) => void written.push(note),
    problem(error) {
      throw error
    },
  })
  return { time, written, notes, revisions: () => written.map((note) => note.report?.localRevision) }
}

test('of a flood the first ones and then the newest are written, at the rate that is allowed', async () => {
  const { time, notes, revisions } = createWorld()
  for (let revision = 1; revision <= 1000; revision++) await notes.take({ report: report(revision), status: {} })
  expect(revisions()).toEqual([1, 2])
  expect(time.pending()).toBe(1)
  time.advance(1000)
  expect(revisions()).toEqual([1, 2, 1000])
  time.advance(10_000)
  expect(revisions()).toEqual([1, 2, 1000])
  await notes.take({ report: report(1001), status: {} })
  expect(revisions()).toEqual([1, 2, 1000, 1001])
})

test('news of the configuration does not swallow a report that was put off', async () => {
  const { time, notes, written } = createWorld()
  for (let revision = 1; revision <= 3; revision++) await notes.take({ report: report(revision), status: {} })
  await notes.take({ status: { trial: 7 } })
  time.advance(1000)
  expect(written.at(-1)).toEqual({ report: report(3), status: { trial: 7 } })
})

test('nothing is written after the end', async () => {
  const { time, notes, written } = createWorld()
  for (let revision = 1; revision <= 3; revision++) await notes.take({ report: report(revision), status: {} })
  notes.end()
  time.advance(10_000)
  expect([written.length, time.pending()]).toEqual([2, 0])
})

test('an older one is never written behind a newer one, however long its writing takes', async () => {
  const time = createManualTime()
  const begun: (number | undefined)[] = []
  let finish = (): void => {}
  const notes = createPacedReports({
    limits: { burst: 1, everyMs: 1000 },
    timers: time.timers,
    wallClock: time.wallClock,
    write(note) {
      begun.push(note.report?.localRevision)
      return new Promise((resolve) => {
        finish = resolve
      })
    },
    problem(error) {
      throw error
    },
  })
  const first = notes.take({ report: report(1), status: {} })
  await until('the first is begun', () => begun.length === 1)
  time.advance(1000)
  const second = notes.take({ report: report(2), status: {} })
  await new Promise((resolve) => setImmediate(resolve))
  expect(begun).toEqual([1])
  finish()
  await first
  await until('the second is begun', () => begun.length === 2)
  finish()
  await second
  expect(begun).toEqual([1, 2])
})

test('what waits for its turn to be written is not written after the end', async () => {
  const written: unknown[] = []
  let letGo = (): void => {}
  const time = createManualTime()
  const notes = createPacedReports({
    limits: { burst: 2, everyMs: 1000 },
    timers: time.timers,
    wallClock: time.wallClock,
    async write(note) {
      await new Promise<void>((resolve) => {
        letGo = resolve
      })
      written.push(note.report?.localRevision)
    },
    problem(error) {
      throw error
    },
  })
  const taking = [1, 2].map((revision) => notes.take({ report: report(revision), status: {} }))
  notes.end()
  letGo()
  await Promise.all(taking)
  expect(written).toEqual([1])
})

test('of what was measured and put off the newest of each point is written', async () => {
  const { time, notes, written } = createWorld()
  const measure = (at: number, ...addresses: readonly string[]) =>
    notes.take({ measured: addresses.map((address) => ({ address, at, sent: 10, answered: 10 })) })
  await measure(1, '203.0.113.1')
  await measure(2, '203.0.113.1')
  await measure(3, '203.0.113.1', '203.0.113.2')
  await measure(4, '203.0.113.2')
  time.advance(1000)
  expect(written.at(-1)?.measured).toMatchObject([
    { address: '203.0.113.2', at: 4 },
    { address: '203.0.113.1', at: 3 },
  ])
})
