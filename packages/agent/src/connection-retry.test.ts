import { expect, test } from 'vitest'
import { afterBeingSent, afterFailure, afterRefusal } from './connection-retry.ts'

const least = (bytes: number): Buffer => Buffer.alloc(bytes, 0)
const most = (bytes: number): Buffer => Buffer.alloc(bytes, 255)

test('waiting doubles up to a bound, at least half of it', () => {
  expect([0, 1, 2, 3].map((failures) => afterFailure(failures, most))).toEqual([1000, 2000, 4000, 8000])
  expect([0, 1, 2, 3].map((failures) => afterFailure(failures, least))).toEqual([500, 1000, 2000, 4000])
  expect(afterFailure(10_000, most)).toBe(60_000)
})

test('a refusal waits minutes, and being sent away at least the time told', () => {
  expect(afterRefusal(least)).toBeGreaterThan(afterFailure(10_000, most))
  expect(afterBeingSent(2000, least)).toBe(2000)
  expect(afterBeingSent(2000, most)).toBe(3000)
})
