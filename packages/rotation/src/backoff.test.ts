import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pauseBefore } from './backoff.ts'

const backoff = { firstMs: 500, longestMs: 30_000 }

test('pauses double, at random in their upper half, up to the longest', () => {
  expect(pauseBefore(backoff, { attempt: 1, chance: 0 })).toBe(250)
  expect(pauseBefore(backoff, { attempt: 2, chance: 0 })).toBe(500)
  expect(pauseBefore(backoff, { attempt: 3, chance: 0.5 })).toBe(1500)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const ms = pauseBefore(backoff, { attempt, chance })
      expect(ms).toBeGreaterThanOrEqual(250)
      expect(ms).toBeLessThanOrEqual(30_000)
    }),
  )
})

test('what the service asks for is waited at least, but for two minutes at most', () => {
  expect(pauseBefore(backoff, { attempt: 1, chance: 0, askedMs: 4_000 })).toBe(4_000)
  expect(pauseBefore(backoff, { attempt: 1, chance: 0, askedMs: 10 })).toBe(250)
  expect(pauseBefore(backoff, { attempt: 1, chance: 0, askedMs: 9_000_000 })).toBe(120_000)
})
