import type { Generated } from 'kysely'

/** Accounts of SAG APP instances and their sessions. */
export interface RemoteUserTables {
  client_user: ClientUserTable
  client_session: ClientSessionTable
  client_user_month: ClientUserMonthTable
  connection_audit: ConnectionAuditTable
  enterprise_code: EnterpriseCodeTable
}

/** An account of a SAG APP instance. */
export interface ClientUserTable {
  instance_id: string
  name: string
  mail: string
  /** Kbit/s. */
  bandwidth: number
  /** Kbit/s while it is accelerated; null or 0: it is not. */
  accelerate_bandwidth: number | null
  /** Its fixed address; null when one is taken from the pool at each logon. */
  client_ip: number | null
  /** argon2id. */
  password_hash: string
  state: 'enabled' | 'disabled'
  created_at: number
  password_changed_at: number
  /** Bytes used in the month `traffic_month` (YYYYMM, UTC). */
  traffic_bytes: number
  traffic_month: number
  /** The instance it was copied from, which lives elsewhere. */
  roamed_from: string | null
}

/** A remote user who is logged on. One for an account, one for an address. */
export interface ClientSessionTable {
  id: string
  instance_id: string
  user_name: string
  address: number
  /** Of the business clock: the API shows it. */
  online_at: number
  /** Of the wall clock: it tells whether the client is still there. */
  last_seen_at: number
  /** SHA-256 of the session's token. */
  token_hash: string
  terminal: string
  source: string
  /** Serial number of the point of presence whose tunnel it has; null: it has none. */
  pop: string | null
  /** What its tunnel has carried, as was told last. */
  bytes: Generated<number>
}

/** What an account carried in a month that is over. */
export interface ClientUserMonthTable {
  instance_id: string
  user_name: string
  /** YYYYMM, UTC. */
  month: number
  bytes: number
}

/** What `EnableSoftwareConnectionAudit` records. */
export interface ConnectionAuditTable {
  id: Generated<number>
  instance_id: string
  /** Of the business clock. */
  at: number
  user_name: string
  event: 'logon' | 'logoff' | 'refused'
  terminal: string
  source: string
  address: string | null
  detail: string
}

export interface EnterpriseCodeTable {
  /** Lower case: it is matched without case and unique in the whole system. */
  code: string
  /** As its owner wrote it. */
  shown: string
  account_id: string
  is_default: number
  created_at: number
}
