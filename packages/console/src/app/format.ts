import type { Language } from './texts.ts'

const tags: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' }

export function timeText(ms: number | undefined, language: Language): string {
  if (ms === undefined || ms === 0) return '–'
  return new Intl.DateTimeFormat(tags[language], { dateStyle: 'medium', timeStyle: 'medium' }).format(ms)
}

export function dateText(ms: number | undefined, language: Language): string {
  if (ms === undefined || ms === 0) return '–'
  return new Intl.DateTimeFormat(tags[language], { dateStyle: 'medium' }).format(ms)
}

export function numberText(value: number, language: Language): string {
  return new Intl.NumberFormat(tags[language]).format(value)
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
  return new Intl.RelativeTimeFormat(tags[language], { numeric: 'auto' }).format(Math.round(past / size), unit)
}
