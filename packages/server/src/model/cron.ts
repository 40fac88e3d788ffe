/** When something is due, by local time. Seconds are not looked at beyond their form: nothing here is that exact. */
export interface CronTimes {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  /** Undefined: any. */
  readonly daysOfMonth: ReadonlySet<number> | undefined
  readonly months: ReadonlySet<number>
  /** 1 is Sunday, as in Quartz. Undefined: any. */
  readonly daysOfWeek: ReadonlySet<number> | undefined
}

const names: Readonly<Record<string, number>> = {
  ...{ JAN: 1, FEB: 2, MAR: 3, APR: 4, MAY: 5, JUN: 6, JUL: 7, AUG: 8, SEP: 9, OCT: 10, NOV: 11, DEC: 12 },
  ...{ SUN: 1, MON: 2, TUE: 3, WED: 4, THU: 5, FRI: 6, SAT: 7 },
}
const minuteMs = 60_000

/**
 * Reads an expression as Quartz has it: seconds, minutes, hours, day of the month, month, day of the week, and perhaps `*` for
 * the year. Of the two days one is `?`. `L`, `W` and `#` are not read. Undefined: it is none of these.
 */
export function parseCron(text: string): CronTimes | undefined {
  const [seconds, minutes, hours, day, month, weekday, year = '*', ...more] = text.trim().split(/\s+/)
  if (year !== '*' || more.length > 0 || (day === '?') === (weekday === '?')) return undefined
  const fields = [
    valuesOf(seconds, 0, 59),
    valuesOf(minutes, 0, 59),
    valuesOf(hours, 0, 23),
    day === '?' ? 'any' : valuesOf(day, 1, 31),
    valuesOf(month, 1, 12),
    weekday === '?' ? 'any' : valuesOf(weekday, 1, 7),
  ] as const
  const [ofSeconds, ofMinutes, ofHours, days, months, weekdays] = fields
  if (!ofSeconds || !ofMinutes || !ofHours || !days || !months || !weekdays) return undefined
  return {
    minutes: ofMinutes,
    hours: ofHours,
    daysOfMonth: days === 'any' ? undefined : days,
    months,
    daysOfWeek: weekdays === 'any' ? undefined : weekdays,
  }
}

/** What a field allows: `*`, numbers, ranges and steps, separated by commas. */
function valuesOf(field: string | undefined, first: number, last: number): ReadonlySet<number> | undefined {
  const values = new Set<number>()
  for (const part of field?.split(',') ?? ['']) {
    const [, from = '', to, step] =
      /^(\*|\d{1,2}|[A-Za-z]{3})(?:-(\d{1,2}|[A-Za-z]{3}))?(?:\/(\d{1,2}))?$/.exec(part) ?? []
    const begin = from === '*' ? first : numberOf(from)
    const end = to === undefined ? (from === '*' || step !== undefined ? last : begin) : numberOf(to)
    const by = step === undefined ? 1 : Number(step)
    if (begin === undefined || end === undefined || begin < first || end > last || begin > end || by < 1)
      return undefined
    for (let value = begin; value <= end; value += by) values.add(value)
  }
  return values
}

function numberOf(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : names[text.toUpperCase()]
}

/** The last minute, of the so many before now, at which something was due; undefined: none. */
export function lastFire(times: CronTimes, timeZone: string, now: number, minutes: number): number | undefined {
  const local = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn' },
    ...{ month: 'numeric', day: 'numeric', weekday: 'short', hour: 'numeric', minute: 'numeric' },
  })
  const newest = Math.floor(now / minuteMs) * minuteMs
  for (let at = newest; at > now - minutes * minuteMs; at -= minuteMs) {
    if (isDue(times, new Map(local.formatToParts(at).map(({ type, value }) => [type, value])))) return at
  }
  return undefined
}

function isDue(times: CronTimes, local: ReadonlyMap<string, string>): boolean {
  const at = (part: string): number => Number(local.get(part))
  return (
    times.minutes.has(at('minute')) &&
    times.hours.has(at('hour')) &&
    times.months.has(at('month')) &&
    (times.daysOfMonth?.has(at('day')) ?? true) &&
    (times.daysOfWeek?.has(names[(local.get('weekday') ?? '').toUpperCase()] ?? 0) ?? true)
  )
}
