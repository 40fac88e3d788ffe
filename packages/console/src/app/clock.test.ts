import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { clock } from './clock.ts'

const local = Date.UTC(2026, 10, 28, 12)
beforeEach(() => {
  vi.useFakeTimers({ now: local })
})
afterEach(() => {
  clock.set(Number.NaN, local)
  vi.useRealTimers()
})

test.each([
  ['a machine that is slow by an hour', 3_600_000],
  ['a machine that is fast by an hour', -3_600_000],
])('%s signs with the time of the server', (_title, ahead) => {
  clock.set(local + ahead, local)
  expect(clock.now()).toBe(local + ahead)
})

test('an answer that took long tells the time of its middle', () => {
  vi.setSystemTime(local + 20_000)
  clock.set(local + 3_600_000, local)
  expect(clock.now() - (local + 20_000)).toBe(3_600_000 - 10_000)
})

test.each([
  ['a difference of seconds', local + 30_000],
  ['an answer without a date', Number.NaN],
])('%s changes nothing', (_title, date) => {
  clock.set(date, local)
  expect(clock.now()).toBe(local)
})
