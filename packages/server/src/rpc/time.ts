/** How far a request's clock may be from the server's, either way (D). */
export const tolerance = 15 * 60 * 1000

/** A nonce is remembered at least this long (C), and always beyond the moment its request would be refused as old. */
const shortestMemory = 30 * 60 * 1000
const margin = 60 * 1000

const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/

/**
 * `YYYY-MM-DDThh:mm:ssZ`, UTC, whole seconds: fractions are refused, as is a day or an hour that does not exist.
 * Returns milliseconds since 1970.
 */
export function parseTimestamp(text: string): number | undefined {
  const parts = form.exec(text)
  if (parts === null) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [number, ...number[]]
  const time = Date.UTC(year, (month as number) - 1, day, hour, minute, second)
  // `Date.UTC` carries 30 February over into March; the real date comes back as it was written.
  return new Date(time).toISOString() === `${text.slice(0, -1)}.000Z` ? time : undefined
}

export function isTimely(timestamp: number, now: number): boolean {
  return Math.abs(now - timestamp) <= tolerance
}

/** From when on the nonce of a request may be forgotten. */
export function nonceExpiry(timestamp: number, now: number): number {
  return Math.max(timestamp + tolerance + margin, now + shortestMemory)
}
