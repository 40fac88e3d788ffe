import type { Generated } from 'kysely'

/**
 * The tables, as both dialects hold them. Times are milliseconds since 1970 (UTC) in 64-bit integers; flags are 0 or 1,
 * because SQLite has no boolean. `…_sealed` columns hold ciphertext under the master key, which is never in the store.
 */
export interface Schema {
  account: AccountTable
  access_key: AccessKeyTable
  nonce: NonceTable
  instance: InstanceTable
  device: DeviceTable
  password_change: PasswordChangeTable
  device_event: DeviceEventTable
  setting: SettingTable
}

export interface AccountTable {
  /** 16 digits. */
  id: string
  name: string
  created_at: number
}

export interface AccessKeyTable {
  id: string
  account_id: string
  secret_sealed: string
  status: 'Active' | 'Inactive'
  created_at: number
}

/** Nonces of rightly signed requests, until they can no longer be replayed. */
export interface NonceTable {
  id: Generated<number>
  /** Hash of access key id and nonce: short, whatever the client sent. */
  hash: string
  expires_at: number
}

/** One purchased SAG instance and its order. Its status is derived from these facts, never stored. */
export interface InstanceTable {
  id: string
  account_id: string
  region_id: string
  kind: 'hardware' | 'vcpe' | 'app'
  /** `sag-100wm`, `sag-1000`, `sag-vcpe`, `sag-software`. */
  spec: string
  name: string | null
  description: string | null
  ha_type: 'no_backup' | 'cold_backup' | 'warm_backup'
  /** Mbit/s. */
  max_bandwidth: number
  cpe_version: string | null
  buyer_message: string | null
  /** JSON of the receiver's address as ordered. */
  receiver: string | null
  resource_group_id: string | null
  order_id: string
  already_have_sag: number
  period_months: number
  created_at: number
  paid_at: number | null
  shipped_at: number | null
  arrived_at: number | null
  returning_at: number | null
  activated_at: number | null
  overdue_since: number | null
  /** End of the subscription where billing set it (renewal, expiry); null while it follows from start and period. */
  ends_at: number | null
  routing_strategy: 'static' | 'dynamic'
  /** Seconds; 0 is off. */
  security_lock_threshold: number
  position: string | null
  city: string | null
}

/** A device of the inventory, bound to an instance or not. */
export interface DeviceTable {
  serial: string
  /** `sag-1000`, `sag-100wm`, `SCG5000`, `SCG5000-5G`, `sag-vcpe`. */
  model: string
  /** Four-part firmware version. */
  version: string
  created_at: number
  instance_id: string | null
  role: 'active' | 'standby' | null
  bound_at: number | null
  /** The enrolment key; on a vCPE also the `SecretKey` it joins with. */
  enrolment_key_sealed: string
  /** What the gateway proved at enrolment; null before it. Ed25519 and X25519 public keys, base64url. */
  sign_key: string | null
  seal_key: string | null
  enrolled_at: number | null
  /** Which connection of the gateway is the rightful next one: see protocol, "tickets". */
  ticket: string | null
  ticket_next: string | null
  /** The node that holds its connection, null when it has none. */
  node: string | null
  connected_at: number | null
  last_seen_at: number | null
  /** Its last report, as it was at `last_seen_at`. */
  started_at: number | null
  service_ip: string | null
  console_url: string | null
  syn_status: 'Synchronized' | 'Unsynchronized' | 'Synchronizing'
  resettable: number
  /** Number of the administrator password it holds; 0 before the first. */
  password_generation: number
}

/** One attempt to change an administrator password. The value is nowhere. */
export interface PasswordChangeTable {
  id: string
  serial: string
  instance_id: string
  account_id: string
  /** Who asked, as the audit shows it. */
  principal: string
  request_id: string
  requested_at: number
  decided_at: number | null
  outcome: 'requested' | 'succeeded' | 'failed'
}

export interface DeviceEventTable {
  id: Generated<number>
  serial: string
  /** `DeviceOnline`, `DeviceOffline`, `DeviceHacked`, … */
  kind: string
  at: number
  detail: string
}

/** Facts of the deployment itself: server identity (sealed), offset of the sandbox's clock. */
export interface SettingTable {
  name: string
  value: string
}
