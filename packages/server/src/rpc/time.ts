import { nonceLifeMs } from '../store/access/nonces.ts'

/** How far a request's clock may be from the server's, either way (D). */
export const tolerance = 15 * 60 * 1000

export { parseUtc as parseTimestamp } from '../model/utc-time.ts'

export interface AcceptedTimes {
  /** The wall clock. */
  readonly now: number
  /** Whether a request of this time may have been answered before, without anything that still knows of it. */
  readonly isFenced: (timestamp: number) => boolean
}

export function isTimely(timestamp: number, { now, isFenced }: AcceptedTimes): boolean {
  return Math.abs(now - timestamp) <= tolerance && !isFenced(timestamp)
}

/**
 * From when on the nonce of a request may be forgotten: at least half an hour after it came (C), as it may have been
 * signed as far ahead as clocks may differ. It follows from the request alone, so a replay expires when the first did.
 */
export function nonceExpiry(timestamp: number): number {
  return timestamp + nonceLifeMs
}
