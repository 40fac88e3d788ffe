import type { Generated } from 'kysely'

/** The audit trail. */
export interface AuditTables {
  audit_event: AuditEventTable
  audit_seal: AuditSealTable
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
  /** Of failed authentications, which are gathered: how often, and when first. */
  times: number | null
  first_at: number | null
  /** JSON: what was sent and what it changed. */
  details: string | null
  /** `cli` or `job`; null where the key that signed tells it. */
  through: string | null
}

/**
 * A signed statement about the entries since the seal before. Rows are added, and go with the entries they are about;
 * none is ever changed.
 */
export interface AuditSealTable {
  /** From 1, without a gap. */
  number: number
  /** Of the first and the last entry it is about. */
  first_id: number
  last_id: number
  entries: number
  /** About what these entries and all before them took on disk, those that are deleted too. */
  total_bytes: number
  /** The latest time of its entries. */
  newest_at: number
  sealed_at: number
  /** Of all entries up to its last: each is hashed with the hash of those before. */
  hash: string
  key_id: string
  signature: string
}
