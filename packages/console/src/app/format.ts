import type { Language } from './texts.ts'

const tags: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' }

/** Making one takes longer than using it a hundred times, and lists use thousands. */
function once<T>(make: (tag: string) => T): (language: Language) => T {
  const made = new Map<Language, T>()
  return (language) => {
    const known = made.get(language) ?? make(tags[language])
    made.set(language, known)
    return known
  }
}

const times = once((tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'medium' }))
const dates = once((tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium' }))
const clocks = once((tag) => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit' }))
const moments = once(
  (tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
)
const days = once((tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' }))
const numbers = once((tag) => new Intl.NumberFormat(tag))
const spans = once((tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }))

export function timeText(ms: number | undefined, language: Language): string {
  if (ms === undefined || ms === 0) return '–'
  return times(language).format(ms)
}

export function dateText(ms: number | undefined, language: Language): string {
  if (ms === undefined || ms === 0) return '–'
  return dates(language).format(ms)
}

/** What the API tells as an instant, as a time to read; anything else as it is. */
export function withTimeText(value: string, language: Language): string {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/.test(value) ? timeText(Date.parse(value), language) : value
}

/** The time of day alone, and the day alone. */
export function clockText(ms: number, language: Language): string {
  return clocks(language).format(ms)
}

export function dayText(ms: number, language: Language): string {
  return days(language).format(ms)
}

/** Of today without the date. */
export function momentText(ms: number, now: number, language: Language): string {
  const isToday = new Date(ms).toDateString() === new Date(now).toDateString()
  return (isToday ? clocks : moments)(language).format(ms)
}

export function numberText(value: number, language: Language): string {
  return numbers(language).format(value)
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** “3 minutes ago”, by the largest unit that fits. */
export function agoText(ms: number, now: number, language: Language): string {
  const past = ms - now
  const [unit, size] = units.find(([, length]) => Math.abs(past) >= length) ?? ['second', 1000]
  return spans(language).format(Math.round(past / size), unit)
}

/** The same of what has happened: by the clock of this machine it may seem to come yet. */
export function pastText(ms: number, now: number, language: Language): string {
  return agoText(Math.min(ms, now), now, language)
}
