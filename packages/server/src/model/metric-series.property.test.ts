import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  folded,
  gatewaySteps,
  type Measure,
  measures,
  merged,
  presenceSteps,
  type Step,
  seriesSpans,
} from './metric-series.ts'

const { stepMs } = seriesSpans.quarter
const half = seriesSpans.half.stepMs

const value = fc.option(fc.nat(2 ** 40), { nil: undefined })
const step: fc.Arbitrary<Step> = fc
  .record({ index: fc.nat(200), received: value, sent: value, offline: value, most: value })
  .map(({ index, ...known }) => ({
    at: index * stepMs,
    ...Object.fromEntries(Object.entries(known).filter(([, one]) => one !== undefined)),
  }))
const steps = fc.uniqueArray(step, { selector: ({ at }) => at }).map((all) => merged(all, []))

function sum(all: readonly Step[], measure: Measure): number {
  return all.reduce((total, one) => total + (one[measure] ?? 0), 0)
}

test('folding keeps every sum and the largest of all, and knows nothing where nothing was known', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const whole = folded(all, half)
      for (const measure of ['received', 'sent', 'offline'] as const) {
        expect(sum(whole, measure)).toBe(sum(all, measure))
      }
      const most = (some: readonly Step[]): number => Math.max(-1, ...some.map((one) => one.most ?? -1))
      expect(most(whole)).toBe(most(all))
      for (const { at, ...known } of whole) {
        const inside = all.filter((one) => one.at >= at && one.at < at + half)
        for (const measure of measures) {
          expect(measure in known).toBe(inside.some((one) => one[measure] !== undefined))
        }
      }
    }),
  )
})

test('folding by the hour first makes no difference', () => {
  fc.assert(
    fc.property(steps, (all) => {
      expect(folded(folded(all, 3_600_000), half)).toEqual(folded(all, half))
    }),
  )
})

test('looks at the same steps give the same in any order, however often', () => {
  fc.assert(
    fc.property(steps, steps, steps, (one, other, third) => {
      const all = merged(merged(one, other), third)
      expect(merged(third, merged(other, one))).toEqual(all)
      expect(merged(all, one)).toEqual(all)
      expect(merged(all, all)).toEqual(all)
    }),
  )
})

const period = fc.record({
  from: fc.integer({ min: -stepMs, max: 20 * stepMs }),
  length: fc.integer({ min: 0, max: 5 * stepMs }),
  state: fc.constantFrom('Online' as const, 'Offline' as const),
})

test('no step has more seconds of presence than it lasts, and all of them are those of the periods', () => {
  fc.assert(
    fc.property(fc.array(period, { maxLength: 20 }), fc.integer({ min: 1, max: 20 * stepMs }), (lengths, now) => {
      let end = 0
      // One after the other, as those of a gateway are.
      const periods = lengths.map(({ from, length, state }) => {
        const begin = Math.max(from, end)
        end = begin + length
        return { from: begin, to: end, state }
      })
      const found = presenceSteps(periods, { from: 0, now, stepMs })
      let seconds = 0
      for (const { at, online = 0, offline = 0 } of found) {
        expect(at).toBeLessThan(now)
        expect(online + offline).toBeLessThanOrEqual(stepMs / 1000 + 1)
        seconds += online + offline
      }
      const within = periods.reduce((total, one) => {
        return total + Math.max(0, Math.min(one.to, now) - Math.max(one.from, 0))
      }, 0)
      expect(Math.abs(seconds - within / 1000)).toBeLessThanOrEqual(found.length + 1)
    }),
  )
})

test('in a step that it was away in from beginning to end a gateway carried nobody knows what, not nothing', () => {
  const counted = [0, 1, 2, 3].map((index) => ({ at: index * stepMs, received: 100, sent: 10 }))
  const periods = [
    { from: 0, to: stepMs + 1000, state: 'Online' as const },
    { from: stepMs + 1000, to: 3 * stepMs + 60_000, state: 'Offline' as const },
    { from: 3 * stepMs + 60_000, to: undefined, state: 'Online' as const },
  ]
  const now = 3 * stepMs + 120_000
  const presence = presenceSteps(periods, { from: 0, now, stepMs })
  expect(gatewaySteps(counted, presence, { now, stepMs })).toEqual([
    { at: 0, received: 100, sent: 10, told: 900, online: 900 },
    { at: stepMs, received: 100, sent: 10, told: 900, online: 1, offline: 899 },
    { at: 2 * stepMs, offline: 900 },
    // Of the step that lasts only what has passed of it is known.
    { at: 3 * stepMs, received: 100, sent: 10, told: 120, online: 60, offline: 60 },
  ])
})
