import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countedSince, firstInterval, intervalsBetween, mostAtOnce, trafficSpans } from './traffic.ts'

const { hour, day } = trafficSpans
const minute = hour.stepMs
const none = { received: 0, sent: 0 }
const uncounted = { packets: 0, dropped: 0 }

test('a count that fell began anew, and one gateway cannot make the sums too large', () => {
  expect(countedSince({ received: 5, sent: 7 }, { received: 8, sent: 7 })).toEqual({
    received: 3,
    sent: 0,
    ...uncounted,
  })
  expect(countedSince({ received: 5, sent: 7 }, { received: 4, sent: 9 })).toEqual({
    received: 4,
    sent: 9,
    ...uncounted,
  })
  const most = countedSince(none, { received: Number.MAX_SAFE_INTEGER, sent: 1 })
  expect(most).toEqual({ received: mostAtOnce, sent: 1, ...uncounted })
})

test('packets count from the second time on that a gateway counts them, and anew when its links are new', () => {
  const before = { received: 5, sent: 7, packets: 100, dropped: 9 }
  const now = { received: 8, sent: 7, packets: 120, dropped: 12 }
  expect(countedSince({ received: 5, sent: 7 }, now)).toMatchObject({ packets: 0, dropped: 0 })
  expect(countedSince(before, now)).toMatchObject({ packets: 20, dropped: 3 })
  expect(countedSince(before, { received: 8, sent: 7 })).toMatchObject({ packets: 0, dropped: 0 })
  expect(countedSince(now, { ...before, packets: 10, dropped: 1 })).toMatchObject({ packets: 10, dropped: 1 })
})

test('what came in between two counts is divided by time', () => {
  const before = { at: 10 * minute + 45_000, traffic: none }
  const now = { at: 12 * minute + 15_000, traffic: { received: 900, sent: 90 } }
  expect(intervalsBetween(before, now, hour)).toEqual([
    { at: 10 * minute, received: 150, sent: 15, ...uncounted },
    { at: 11 * minute, received: 600, sent: 60, ...uncounted },
    { at: 12 * minute, received: 150, sent: 15, ...uncounted },
  ])
})

test('after an absence that is longer than what is kept, its part of the end is', () => {
  const now = { at: 600 * minute + 30_000, traffic: { received: 60_050, sent: 0 } }
  const intervals = intervalsBetween({ at: -30_000, traffic: none }, now, hour)
  expect(intervals).toHaveLength(hour.kept)
  expect(intervals[0]).toEqual({ at: 541 * minute, received: 100, sent: 0, ...uncounted })
})

test('a clock that was set back puts everything in the interval of now', () => {
  const intervals = intervalsBetween(
    { at: 99 * minute, traffic: none },
    { at: 5, traffic: { received: 7, sent: 8 } },
    day,
  )
  expect(intervals).toEqual([{ at: 0, received: 7, sent: 8, ...uncounted }])
})

const traffic = fc.record({ received: fc.nat(2 ** 40), sent: fc.nat(2 ** 40) })

test('intervals are different, within what is kept, never negative, and together what was counted', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(hour, day),
      fc.nat(2 ** 41),
      fc.nat(26 * 3_600_000),
      traffic,
      traffic,
      (span, at, gap, first, more) => {
        const before = { at, traffic: first }
        const now = {
          at: at + gap,
          traffic: { received: first.received + more.received, sent: first.sent + more.sent },
        }
        const intervals = intervalsBetween(before, now, span)
        expect(new Set(intervals.map((one) => (one.at / span.stepMs) % span.kept)).size).toBe(intervals.length)
        for (const one of intervals) {
          expect(one.at % span.stepMs).toBe(0)
          expect(one.at).toBeGreaterThanOrEqual(firstInterval(span, now.at))
          expect(Math.min(one.received, one.sent)).toBeGreaterThanOrEqual(0)
        }
        const sum = intervals.reduce((all, { received }) => all + received, 0)
        if (firstInterval(span, now.at) <= at) expect(sum).toBe(more.received)
        else expect(sum).toBeLessThanOrEqual(more.received)
      },
    ),
  )
})
