import type { StoredAuditEntry } from '../../store/audit/audit.ts'
import { identityOf, resourcesOf } from './event.ts'

/** What events can be told apart by (D). */
export const lookupKeys = [
  'ServiceName',
  'EventName',
  'User',
  'EventId',
  'ResourceType',
  'ResourceName',
  'EventRW',
  'EventAccessKeyId',
] as const

export interface LookupAttribute {
  readonly Key: (typeof lookupKeys)[number]
  readonly Value: string
}

/** Whether an event fulfils all conditions. Services, kinds and operations are compared without case. */
export function isWanted(event: StoredAuditEntry, attributes: readonly LookupAttribute[]): boolean {
  return attributes.every(({ Key, Value }) => fulfils(event, Key, Value))
}

function fulfils(event: StoredAuditEntry, key: LookupAttribute['Key'], value: string): boolean {
  switch (key) {
    case 'ServiceName':
      return alike(event.product, value)
    case 'EventName':
      return alike(event.action, value)
    case 'User':
      return identityOf(event)[1] === value
    case 'EventId':
      return alike(event.requestId, value)
    case 'ResourceType':
      return resourcesOf(event).some(([type]) => alike(type, value))
    case 'ResourceName':
      return resourcesOf(event).some(([, name]) => name === value)
    case 'EventRW':
      return alike(event.level, value)
    case 'EventAccessKeyId':
      return event.accessKeyId === value
  }
}

function alike(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
