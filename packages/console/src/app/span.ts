import type { Language } from './texts.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const units = {
  en: { minute: 'min', hour: 'h', day: (days: number) => `${days} days`, moment: 'under 1 min' },
  zh: { minute: '分', hour: '小时', day: (days: number) => `${days} 天`, moment: '不到 1 分' },
} as const satisfies Readonly<Record<Language, object>>

/** How long it took: “3 h 12 min” up to two days, then “3 days”. */
export function spanText(ms: number, language: Language): string {
  const words = units[language]
  if (ms < minute) return words.moment
  if (ms >= 2 * day) return words.day(Math.floor(ms / day))
  const hours = Math.floor(ms / hour)
  const minutes = Math.floor((ms % hour) / minute)
  if (hours === 0) return `${minutes} ${words.minute}`
  return minutes === 0 ? `${hours} ${words.hour}` : `${hours} ${words.hour} ${minutes} ${words.minute}`
}
