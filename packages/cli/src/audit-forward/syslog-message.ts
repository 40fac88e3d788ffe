import { hostname } from 'node:os'
import type { Batch, Entry, Gap } from './entry.ts'
import { missing } from './forward.ts'

/** RFC 5424, 6.2.1: the log audit facility. */
const facility = 13
const severity = { done: 6, refused: 5, missing: 4 } as const

/** All messages of a batch with their lengths in bytes before them (RFC 5425, 4.3; RFC 6587, 3.4.1). */
export function framesOf({ trail, gap, entries }: Batch, host = hostname()): Buffer {
  const messages = entries.map((entry) => messageOf(entry, trail, host))
  const [first] = entries
  if (gap !== undefined && first !== undefined) messages.unshift(gapMessage(gap, { trail, host, at: first.at }))
  return Buffer.concat(messages.map(frameOf))
}

function frameOf(message: string): Buffer {
  const bytes = Buffer.from(message, 'utf8')
  return Buffer.concat([Buffer.from(`${bytes.length} `), bytes])
}

/** RFC 5424: one entry; trail and number are in the structured data, where a receiver finds what it has already. */
export function messageOf({ id, at, action, outcome, text }: Entry, trail: string, host: string): string {
  const priority = facility * 8 + (outcome === 'OK' ? severity.done : severity.refused)
  const data = `[opensag@32473 trail="${printable(trail, 64)}" id="${id}"]`
  return `<${priority}>1 ${at} ${printable(host, 255)} opensag - ${printable(action, 32)} ${data} \uFEFF${text}`
}

function gapMessage(gap: Gap, { trail, host, at }: { trail: string; host: string; at: string }): string {
  const data = `[opensag@32473 trail="${printable(trail, 64)}" after="${gap.after}" through="${gap.through}"]`
  const priority = facility * 8 + severity.missing
  return `<${priority}>1 ${at} ${printable(host, 255)} opensag - AuditGap ${data} ${missing(gap)}`
}

/** A field: printable ASCII without a space and what ends a value; nil when nothing is left. */
function printable(text: string, most: number): string {
  return text.replace(/[^!-~]|["\]\\]/g, '').slice(0, most) || '-'
}
