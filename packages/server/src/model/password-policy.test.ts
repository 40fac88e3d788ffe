import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterFailure, defaultPasswordPolicy, type Failures, isExpired, isLockedOut } from './password-policy.ts'

const hour = 60 * 60 * 1000
const none: Failures = { count: 0, since: undefined }

test('nobody is locked out for longer than an hour, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2 * hour, max: 2 * hour }), { maxLength: 30 }), (steps) => {
      const policy = { ...defaultPasswordPolicy, maxAttempts: 3 }
      let [now, failures] = [100 * hour, none]
      for (const step of steps) {
        now += step
        failures = afterFailure(failures, now)
      }
      expect(isLockedOut(policy, failures, now + hour)).toBe(false)
    }),
  )
})

test('the limit is that of wrong passwords in one hour', () => {
  const policy = { ...defaultPasswordPolicy, maxAttempts: 2 }
  const first = afterFailure(none, 0)
  expect(isLockedOut(policy, first, 1)).toBe(false)
  expect(isLockedOut(policy, afterFailure(first, hour - 1), hour - 1)).toBe(true)
  expect(isLockedOut(policy, afterFailure(first, hour), hour)).toBe(false)
  expect(isLockedOut(defaultPasswordPolicy, { count: 1000, since: 0 }, 1)).toBe(false)
})

test.each([
  [0, 10 ** 12, false],
  [1, 24 * hour - 1, false],
  [1, 24 * hour, true],
])('with an age of %i days a password of %i ms is expired: %s', (maxAgeDays, age, expected) => {
  expect(isExpired({ ...defaultPasswordPolicy, maxAgeDays }, 5, 5 + age)).toBe(expected)
})
