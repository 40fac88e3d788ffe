import { dateText } from '../../app/format.ts'
import type { Language } from '../../app/texts.ts'
import type { AuditEvent } from './audit-event.ts'

export interface AuditDay {
  /** Midnight here at its beginning. */
  readonly at: number
  readonly events: readonly AuditEvent[]
}

/** Events by the day on which they were, here, in their order. */
export function daysOf(events: readonly AuditEvent[]): readonly AuditDay[] {
  const days = new Map<number, AuditEvent[]>()
  for (const event of events) {
    const at = midnight(Date.parse(event.eventTime))
    const day = days.get(at)
    if (day === undefined) days.set(at, [event])
    else day.push(event)
  }
  return [...days].map(([at, ofDay]) => ({ at, events: ofDay }))
}

/** `Today, 27 Nov 2026`. */
export function dayText(
  at: number,
  now: number,
  language: Language,
  t: { readonly today: string; readonly yesterday: string },
): string {
  const date = dateText(at, language)
  if (at === midnight(now)) return `${t.today}, ${date}`
  // Not a day of 24 hours: clocks are changed at night.
  return at === midnight(midnight(now) - 1) ? `${t.yesterday}, ${date}` : date
}

const tags: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' }
const clocks = new Map<Language, Intl.DateTimeFormat>()

/** The time of a day whose date stands above. */
export function clockText(at: number, language: Language): string {
  const clock = clocks.get(language) ?? new Intl.DateTimeFormat(tags[language], { timeStyle: 'medium', hour12: false })
  clocks.set(language, clock)
  return clock.format(at)
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}
