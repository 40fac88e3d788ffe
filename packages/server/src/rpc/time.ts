/** How far a request's clock may be from the server's, either way (D). */
export const tolerance = 15 * 60 * 1000

/** A nonce is remembered at least this long (C), and always beyond the moment its request would be refused as old. */
const shortestMemory = 30 * 60 * 1000
const margin = 60 * 1000

const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/**
 * `YYYY-MM-DDThh:mm:ssZ`, UTC, whole seconds: fractions are refused, as is a day or an hour that does not exist.
 * Returns milliseconds since 1970.
 */
export function parseTimestamp(text: string): number | undefined {
  if (!form.test(text)) return undefined
  const time = Date.parse(text)
  // A day or hour that does not exist is none (NaN) or is carried over into a later day than was written.
  return new Date(time).getUTCDate() === Number(text.slice(8, 10)) ? time : undefined
}

export function isTimely(timestamp: number, now: number): boolean {
  return Math.abs(now - timestamp) <= tolerance
}

/** From when on the nonce of a request may be forgotten. */
export function nonceExpiry(timestamp: number, now: number): number {
  return Math.max(timestamp + tolerance + margin, now + shortestMemory)
}
