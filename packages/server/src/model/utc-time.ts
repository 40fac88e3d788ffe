const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/**
 * `YYYY-MM-DDThh:mm:ssZ`, UTC, whole seconds: fractions are refused, as is a day or an hour that does not exist.
 * Returns milliseconds since 1970.
 */
export function parseUtc(text: string): number | undefined {
  if (!form.test(text)) return undefined
  const time = Date.parse(text)
  // A day or hour that does not exist is none (NaN) or is carried over into a later day than was written.
  return new Date(time).getUTCDate() === Number(text.slice(8, 10)) ? time : undefined
}

/** @param time milliseconds since 1970; what is less than a second is left out. */
export function formatUtc(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`
}
