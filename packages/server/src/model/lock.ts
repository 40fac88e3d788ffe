import type { Device } from './device.ts'

/**
 * The offline lock, against theft: whether a device that comes back at `at` has been away for `thresholdSeconds` (D;
 * 0 is off, C). An unlock while it was away counts for that absence (C).
 */
export function hasLockedWhileAway(
  { lastSeenAt, unlockedAt }: Pick<Device, 'lastSeenAt' | 'unlockedAt'>,
  thresholdSeconds: number,
  at: number,
): boolean {
  if (thresholdSeconds <= 0 || lastSeenAt === undefined || unlockedAt !== undefined) return false
  return at - lastSeenAt >= thresholdSeconds * 1000
}

/**
 * Whether a device that comes back is locked: when either side says so, as each may have been without a clock. What the
 * device says does not count without a threshold, nor after an unlock that it has not heard of.
 */
export function isLockedOnReturn(
  device: Pick<Device, 'lastSeenAt' | 'unlockedAt'>,
  {
    thresholdSeconds,
    at,
    saysLocked,
  }: {
    readonly thresholdSeconds: number
    readonly at: number
    readonly saysLocked: boolean
  },
): boolean {
  if (saysLocked && thresholdSeconds > 0 && device.unlockedAt === undefined) return true
  return hasLockedWhileAway(device, thresholdSeconds, at)
}
