import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWithin, mostSpans, type TimeSpan, withSpans } from './time-spans.ts'

const minute = 60_000
const span = fc
  .tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 20 }))
  .map(([from, length]): TimeSpan => ({ from: from * minute, to: (from + length) * minute }))
const several = fc.array(span, { maxLength: 60 })

test('everything that was covered stays covered, whatever is added in whatever order', () => {
  fc.assert(
    fc.property(several, fc.array(several, { maxLength: 4 }), (first, later) => {
      let spans = withSpans([], first)
      const given = [...first]
      for (const more of later) {
        spans = withSpans(spans, more)
        given.push(...more)
      }
      for (const { from, to } of given) {
        for (const time of [from, (from + to) / 2, to]) expect(isWithin(spans, time)).toBe(true)
      }
    }),
  )
})

test('they stay few, disjoint and in order', () => {
  fc.assert(
    fc.property(several, several, (first, more) => {
      const spans = withSpans(withSpans([], first), more)
      expect(spans.length).toBeLessThanOrEqual(mostSpans)
      for (const [index, { from, to }] of spans.entries()) {
        expect(to).toBeGreaterThanOrEqual(from)
        if (index > 0) expect(from).toBeGreaterThan((spans[index - 1] as TimeSpan).to)
      }
    }),
  )
})

test('of few spans nothing is covered that is far from all of them', () => {
  const spans = withSpans([{ from: 0, to: 10 * minute }], [{ from: 8 * 60 * minute, to: 9 * 60 * minute }])
  expect(spans).toHaveLength(2)
  for (const time of [-1, 10 * minute + 1, 60 * minute, 8 * 60 * minute - 1, 9 * 60 * minute + 1]) {
    expect(isWithin(spans, time)).toBe(false)
  }
})

test('a server that forgets every minute keeps one span', () => {
  let spans: readonly TimeSpan[] = []
  for (let at = 0; at < 1000; at++) spans = withSpans(spans, [{ from: at * minute, to: at * minute + 59_999 }])
  expect(spans).toEqual([{ from: 0, to: 999 * minute + 59_999 }])
})

test('of more spans than are kept the two oldest become one', () => {
  const far = Array.from({ length: mostSpans + 1 }, (_, index) => ({ from: index * 3_600_000, to: index * 3_600_000 }))
  const spans = withSpans([], far)
  expect(spans).toHaveLength(mostSpans)
  expect(spans[0]).toEqual({ from: 0, to: 3_600_000 })
  expect(spans.at(-1)).toEqual(far.at(-1))
})
