import type { Generated } from 'kysely'

/** The audit trail. */
export interface AuditTables {
  audit_event: AuditEventTable
}

/** One call that reached an operation. Rows are added, and swept when they are old; none is ever changed. */
export interface AuditEventTable {
  id: Generated<number>
  /** Of the wall clock. */
  at: number
  account_id: string
  principal: string
  principal_id: string
  access_key_id: string
  source: string
  product: string
  action: string
  level: 'Read' | 'Write'
  region_id: string | null
  /** Names of what it was about, with a space between them. */
  resources: string
  /** The code it was refused with. */
  outcome: string | null
  request_id: string
}
