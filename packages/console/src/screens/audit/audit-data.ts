import { call } from '../../app/session.svelte.ts'
import type { AuditEvent } from './audit-event.ts'
import { utcText } from './audit-time.ts'

export interface AuditPage {
  readonly events: readonly AuditEvent[]
  readonly token: string | undefined
}

/** One page. It may be short, even empty, and another one follow. */
export async function searchAudit(
  params: Readonly<Record<string, unknown>>,
  token: string | undefined,
  signal?: AbortSignal,
): Promise<AuditPage> {
  const answer = await call('OpenSAG', 'SearchAuditEvents', { MaxResults: 100, ...params, NextToken: token }, signal)
  return { events: answer.Events as readonly AuditEvent[], token: answer.NextToken }
}

/** The entry of such an address; undefined when it is not there, or no longer. */
export async function eventAt(place: string, signal?: AbortSignal): Promise<AuditEvent | undefined> {
  const [time = '', id = ''] = place.split('~')
  const at = Date.parse(time)
  if (Number.isNaN(at) || id === '') return undefined
  const second = { StartTime: utcText(at), EndTime: utcText(at + 1000), Text: id, ConsoleReads: true }
  let token: string | undefined
  do {
    const page = await searchAudit(second, token, signal)
    const found = page.events.find(({ eventId }) => eventId === id)
    if (found !== undefined) return found
    token = page.token
  } while (token !== undefined)
  return undefined
}
