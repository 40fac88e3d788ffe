import { dateText } from '../../app/format.ts'
import type { Language } from '../../app/texts.ts'

/** A time of today without its date; of another day the date. */
export function shortTime(at: number, now: number, language: Language): string {
  const [then, today] = [new Date(at), new Date(now)]
  if (then.toDateString() !== today.toDateString()) return dateText(at, language)
  return then.toLocaleTimeString('en-GB')
}
