const decimal = /^[+-]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?$/

/** A number a condition may compare; undefined when the text is none, or is a whole number that cannot be held exactly. */
export function parseNumber(text: string): number | undefined {
  if (!decimal.test(text)) return undefined
  const value = Number(text)
  if (!Number.isFinite(value)) return undefined
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : value
}

const instant = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d{2}):(\d{2}))$/

/**
 * A moment in ISO 8601 with its offset from UTC (`2026-11-25T08:00:00Z`, `2026-11-25T16:00:00+08:00`; D, "Condition
 * keys"), in milliseconds since 1970. Seconds may be left out, digits beyond milliseconds do not count; a day that the
 * month does not have is none.
 */
export function parseInstant(text: string): number | undefined {
  const found = instant.exec(text)
  if (found === null) return undefined
  const [, year, month, day, hour, minute, second = '0', fraction = '', sign, offsetHour = '0', offsetMinute = '0'] =
    found.map((part) => part ?? undefined)
  const parts = [year, month, day, hour, minute, second].map(Number)
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts
  if (h > 23 || mi > 59 || s > 59 || Number(offsetHour) > 23 || Number(offsetMinute) > 59) return undefined
  const date = new Date(0)
  date.setUTCFullYear(y, mo - 1, d)
  if (date.getUTCFullYear() !== y || date.getUTCMonth() !== mo - 1 || date.getUTCDate() !== d) return undefined
  const local = date.setUTCHours(h, mi, s, Number(fraction.padEnd(3, '0').slice(0, 3)))
  const offset = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000
  return sign === '-' ? local + offset : local - offset
}

export function parseBoolean(text: string): boolean | undefined {
  switch (text.toLowerCase()) {
    case 'true':
      return true
    case 'false':
      return false
    default:
      return undefined
  }
}
