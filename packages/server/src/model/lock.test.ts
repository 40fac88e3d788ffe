import { expect, test } from 'vitest'
import { hasLockedWhileAway } from './lock.ts'

const hour = 3600
const seen = { lastSeenAt: 1_000_000, unlockedAt: undefined }

test.each([
  ['closes when the threshold has passed', seen, hour, hour * 1000, true],
  ['is open a millisecond before', seen, hour, hour * 1000 - 1, false],
  ['never closes when it is off', seen, 0, hour * 1_000_000, false],
  ['never closes for a device that was never there', { ...seen, lastSeenAt: undefined }, hour, hour * 1000, false],
  ['does not close for an absence it was unlocked in', { ...seen, unlockedAt: 1 }, hour, hour * 1000, false],
])('the offline lock %s', (_what, device, threshold, awayMs, locked) => {
  expect(hasLockedWhileAway(device, threshold, 1_000_000 + awayMs)).toBe(locked)
})
