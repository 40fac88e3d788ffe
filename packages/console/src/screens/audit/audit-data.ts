import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from '../../app/always.ts'
import { clock } from '../../app/clock.ts'
import { call } from '../../app/session.svelte.ts'

export const lookupKeys = [
  'EventName',
  'User',
  'ResourceName',
  'ServiceName',
  'EventRW',
  'EventAccessKeyId',
  'ResourceType',
  'EventId',
] as const

export type LookupKey = (typeof lookupKeys)[number]

export const spans = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
  all: 15_552_000_000,
} as const

export type Span = keyof typeof spans

type Listed = ResultOf<'LookupEvents'>['Events'][number]

export type AuditEvent = Always<Listed, 'eventId' | 'eventTime' | 'eventName' | 'requestId' | 'userIdentity'>

/** What the things are called that an event is about, where they are called other than their ids. */
export function namesOf({ resources }: AuditEvent): string {
  const names = (resources ?? []).flatMap(({ id, name }) => (name === undefined || name === id ? [] : [name]))
  return [...new Set(names)].join(', ')
}

/** Parameters as they were sent, in their order; no secret is among them. */
export function parametersOf({ requestParameterJson }: AuditEvent): readonly (readonly [string, string])[] {
  if (requestParameterJson === undefined) return []
  return Object.entries(JSON.parse(requestParameterJson) as Readonly<Record<string, string>>)
}

/** The end of what policies call a resource: `smartag/sag-1`. */
export function shortName(resource: string | undefined): string {
  return resource?.split(':').slice(4).join(':') ?? ''
}

export interface Wanted {
  readonly span: Span
  readonly key: LookupKey | undefined
  readonly value: string
}

export interface Period {
  readonly StartTime: string
  readonly EndTime: string
}

/** Fixed for a whole look, so that its pages fit together. */
export function periodOf(span: Span): Period {
  // The end is not included, and this second is not over.
  const end = clock.now() + 1000
  return { StartTime: utcText(end - spans[span]), EndTime: utcText(end) }
}

export async function lookUp(
  { key, value }: Wanted,
  period: Period,
  token: string | undefined,
  signal?: AbortSignal,
): Promise<{ readonly events: readonly AuditEvent[]; readonly token: string | undefined }> {
  const conditions = key === undefined || value.trim() === '' ? undefined : [{ Key: key, Value: value.trim() }]
  const asked = { ...period, MaxResults: 50, NextToken: token, LookupAttribute: conditions }
  const answer = await call('ActionTrail', 'LookupEvents', asked, signal)
  return { events: answer.Events as readonly AuditEvent[], token: answer.NextToken }
}

function utcText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** One event a line, as `opensag operator audit export` writes them. */
export function asLines(events: readonly AuditEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join('')
}
