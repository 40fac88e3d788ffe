import type { Language } from '../../app/texts.ts'
import { type AuditEvent, whoIn } from './audit-event.ts'
import { thingsIn } from './audit-thing.ts'
import { titleOf } from './event-words.ts'

/** An export ends after so many events: a browser holds them all. */
export const mostExported = 50_000

/** One event a line, as `opensag operator audit export` writes them. */
export function asLines(events: readonly AuditEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('')
}

const columns = [
  'time',
  'who',
  'through',
  'from',
  'what',
  'operation',
  'about',
  'ids',
  'changes',
  'outcome',
  'request',
] as const

/** For a spreadsheet: UTF-8 with a mark that says so, lines that end as RFC 4180 has it. */
export function asCsv(events: readonly AuditEvent[], language: Language): string {
  const rows = events.map((event) => {
    const things = thingsIn(event)
    return [
      event.eventTime,
      whoIn(event),
      event.through ?? '',
      event.sourceIpAddress ?? '',
      titleOf(event, language),
      event.eventName,
      things.map(({ name }) => name).join('; '),
      things.map(({ id }) => id).join('; '),
      (event.changes ?? []).map(({ field, before, after }) => `${field}: ${before ?? ''} → ${after ?? ''}`).join('; '),
      event.errorCode ?? 'OK',
      event.requestId,
    ]
  })
  return `\uFEFF${[columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

/** A spreadsheet takes what begins so for a formula, and somebody else chose these values. */
const formula = /^[\s]*[=+\-@\t\r]/

export function cell(value: string): string {
  const plain = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) || plain !== value ? `"${plain.replaceAll('"', '""')}"` : plain
}
