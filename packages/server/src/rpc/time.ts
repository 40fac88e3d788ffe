/** How far a request's clock may be from the server's, either way (D). */
export const tolerance = 15 * 60 * 1000

/** A nonce is remembered at least this long (C), and always beyond the moment its request would be refused as old. */
const shortestMemory = 30 * 60 * 1000
const margin = 60 * 1000

export { parseUtc as parseTimestamp } from '../model/utc-time.ts'

export interface AcceptedTimes {
  /** The wall clock. */
  readonly now: number
  /** A request of this time or before may have been answered by the server that was restored afterwards. */
  readonly fence: number
}

export function isTimely(timestamp: number, { now, fence }: AcceptedTimes): boolean {
  return Math.abs(now - timestamp) <= tolerance && timestamp > fence
}

/** From when on the nonce of a request may be forgotten. */
export function nonceExpiry(timestamp: number, now: number): number {
  return Math.max(timestamp + tolerance + margin, now + shortestMemory)
}
