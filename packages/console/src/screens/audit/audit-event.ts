import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from '../../app/always.ts'

type Listed = ResultOf<'SearchAuditEvents'>['Events'][number]

export type AuditEvent = Always<Listed, 'eventId' | 'eventTime' | 'eventName' | 'requestId' | 'userIdentity'>

/** Where an entry stands, for an address: nothing else finds it again without a look through the whole trail. */
export function placeOf({ eventTime, eventId }: AuditEvent): string {
  return `${eventTime}~${eventId}`
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

export function whoIn({ userIdentity: { userName, type } }: AuditEvent): string {
  return userName ?? type ?? '–'
}
