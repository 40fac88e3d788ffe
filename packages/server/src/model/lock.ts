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
