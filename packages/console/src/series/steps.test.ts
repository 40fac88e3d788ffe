import { expect, test } from 'vitest'
import { awaySpans, gridOf, numbersOf, onGrid, ranges, tableOf, valuesOf, windowOf } from './steps.ts'

const now = Date.UTC(2026, 10, 30, 21, 20)
const time = (at: number): string => new Date(at).toISOString()

test('every range ends with the step of now, has steps at multiples of their length, and is one answer of the server', () => {
  for (const range of ['hour', 'day', 'week', 'month', 'year'] as const) {
    const { times, stepMs } = gridOf(range, now)
    const last = times.at(-1) ?? 0
    expect(times[0]).toBe(windowOf(range, now).from)
    expect([last <= now, last + stepMs > now, last % stepMs]).toEqual([true, true, 0])
    expect(ranges[range].count).toBeLessThanOrEqual(1000)
  }
})

test('what is not known is a gap, and nothing carried is 0', () => {
  const grid = gridOf('day', now)
  const at = (index: number): string => time(grid.times[index] ?? 0)
  const steps = [
    { Time: at(0), SentBytes: 0, KnownSeconds: 900 },
    { Time: at(1), SentBytes: 900_000, KnownSeconds: 900 },
    { Time: at(3), OfflineSeconds: 900 },
  ]
  expect(onGrid(grid, steps, valuesOf.traffic.sent).slice(0, 5)).toEqual([0, 8000, null, null, null])
  expect(valuesOf.traffic.received({})).toBeUndefined()
})

test('rates are of what is known of a step, losses are parts of what was sent, and of none sent nothing is known', () => {
  expect(valuesOf.traffic.received({ ReceivedBytes: 60, KnownSeconds: 60 })).toBe(8)
  expect(valuesOf.loss.lost({ Heartbeats: 4, LostHeartbeats: 1 })).toBe(25)
  expect(valuesOf.loss.dropped({ Packets: 0, DroppedPackets: 0 })).toBeUndefined()
  expect(valuesOf.trip.trip({ RoundTripMs: '11.4' })).toBe(11.4)
})

test('steps that it was away in for half of what is known are one field where they touch', () => {
  const grid = gridOf('hour', now)
  const step = (index: number, away: number) => ({
    Time: time(grid.times[index] ?? 0),
    OfflineSeconds: away,
    OnlineSeconds: 60 - away,
  })
  const from = grid.times[0] ?? 0
  expect(awaySpans(grid, [step(0, 29), step(1, 30), step(2, 60), step(4, 60)])).toEqual([
    { from: from + 60_000, to: from + 180_000 },
    { from: from + 240_000, to: from + 300_000 },
  ])
  expect(awaySpans(grid, [])).toEqual([])
})

test('the table has every step once, in as many rows as asked for, and says nothing of a gap', () => {
  for (const range of ['hour', 'week', 'year'] as const) {
    const grid = gridOf(range, now)
    const rows = tableOf(grid, [grid.times.map((_, index) => (index < grid.times.length / 2 ? null : 2))])
    expect(rows.length).toBeLessThanOrEqual(24)
    expect(rows[0]).toMatchObject({ from: grid.times[0], means: [null] })
    expect(rows.at(-1)).toMatchObject({ to: (grid.times.at(-1) ?? 0) + grid.stepMs, means: [2] })
    for (const [index, row] of rows.slice(1).entries()) expect(row.from).toBe(rows[index]?.to)
  }
  expect(numbersOf([null, null])).toBeUndefined()
  expect(numbersOf([1, null, 3])).toEqual({ mean: 2, most: 3 })
})
