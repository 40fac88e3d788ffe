import type { Generated } from 'kysely'
import type { deviceColumns } from '../columns/device.ts'
import type { instanceColumns } from '../columns/instance.ts'
import type { Columns, DefaultedOf, RowOf } from '../columns/table.ts'

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
  instance_cidr: InstanceCidrTable
  snat_entry: SnatEntryTable
  service_address: ServiceAddressTable
  ccn: CcnTable
  sag_grant: SagGrantTable
  cen_grant: CenGrantTable
  vbr_grant: VbrGrantTable
  vbr: VbrTable
  vbr_route: VbrRouteTable
  client_user: ClientUserTable
  client_session: ClientSessionTable
  connection_audit: ConnectionAuditTable
  enterprise_code: EnterpriseCodeTable
  size_order: SizeOrderTable
  gateway_config: GatewayConfigTable
  firmware: FirmwareTable
  ram_user: RamUserTable
  ram_group: RamGroupTable
  ram_group_member: RamGroupMemberTable
  ram_login_profile: RamLoginProfileTable
  ram_role: RamRoleTable
  ram_policy: RamPolicyTable
  ram_policy_version: RamPolicyVersionTable
  ram_attachment: RamAttachmentTable
  sts_session: StsSessionTable
  audit_event: AuditEventTable
}

export interface AccountTable {
  /** 16 digits. */
  id: string
  name: string
  created_at: number
  /** Raised by every change that can alter what one of its principals may do. */
  access_epoch: Generated<number>
  /** Another name of it, by which its users log on; unique in the whole system. */
  alias: string | null
}

export interface AccessKeyTable {
  id: string
  account_id: string
  secret_sealed: string
  status: 'Active' | 'Inactive'
  created_at: number
  /** The RAM user it belongs to; null for a key of the account itself. */
  user_id: string | null
  last_used_at: number | null
}

/** Nonces of rightly signed requests, until they can no longer be replayed. */
export interface NonceTable {
  id: Generated<number>
  /** Hash of access key id and nonce: short, whatever the client sent. */
  hash: string
  expires_at: number
}

export type InstanceTable = TableOf<typeof instanceColumns>

export type DeviceTable = TableOf<typeof deviceColumns>

/** As Kysely wants it: what the database fills in by itself may be left out of a new row. */
type TableOf<C extends Columns> = {
  [N in keyof RowOf<C>]: N extends DefaultedOf<C> ? Generated<RowOf<C>[N]> : RowOf<C>[N]
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
  /** Its number among the changes of this gateway; null in entries written before it was kept. */
  generation: number | null
  outcome: 'requested' | 'succeeded' | 'failed'
}

export interface DeviceEventTable {
  id: Generated<number>
  serial: string
  /** `DeviceOnline`, `DeviceOffline`, `DeviceHacked`, … */
  kind: string
  at: number
  detail: string
  /** The instance it was bound to then. */
  instance_id: string | null
}

/** Facts of the deployment itself: server identity (sealed), offset of the sandbox's clock. */
export interface SettingTable {
  name: string
  value: string
}

/** One block of an instance's `CidrBlock`, as numbers, so that overlaps are found by an index and not by looking around. */
export interface InstanceCidrTable {
  instance_id: string
  /** From 0; the first block feeds the gateway's DHCP server. */
  position: number
  /** Canonical text, `a.b.c.d/len`. */
  cidr: string
  /** First and last address as unsigned 32-bit numbers. */
  first: number
  last: number
  /** The instance's CCN, repeated here: blocks of one CCN never overlap. */
  ccn_id: string | null
}

/** Private source NAT: the branch range is hidden behind one address. */
export interface SnatEntryTable {
  id: string
  instance_id: string
  ccn_id: string | null
  cidr: string
  first: number
  last: number
  snat_ip: number
  created_at: number
}

/** An address of a device that must be reachable through the CCN. */
export interface ServiceAddressTable {
  instance_id: string
  serial: string
  address_type: 'RemoteWeb' | 'ProbeTask'
  address: number
  created_at: number
}

export interface CcnTable {
  id: string
  account_id: string
  region_id: string
  name: string | null
  description: string | null
  /** Comma-separated blocks, null when it has no range. */
  cidr_block: string | null
  snat_cidr_block: string | null
  interworking: 'enable' | 'disable'
  is_default: number
  created_at: number
  /** The CEN it is attached to. */
  cen_id: string | null
  cen_owner_id: string | null
  subnet: string | null
}

/** An account lets another one's CCN bind its instance. */
export interface SagGrantTable {
  instance_id: string
  ccn_id: string
  /** `sgc-…`, as the API shows it. */
  id: string
  ccn_account_id: string
  traffic_service: number
  created_at: number
}

/** The owner of a network lets another account's CEN take it up. */
export interface CenGrantTable {
  ccn_id: string
  cen_id: string
  /** A UUID, as the API shows it. */
  id: string
  cen_account_id: string
  traffic_service: number
  created_at: number
  modified_at: number
}

/** The owner of an instance lets it back up another account's leased line. */
export interface VbrGrantTable {
  instance_id: string
  vbr_id: string
  /** `sgv-…`, as the API shows it. */
  id: string
  vbr_region_id: string
  vbr_account_id: string
  created_at: number
}

/** The cloud end of a leased line, as the operator registered it. */
export interface VbrTable {
  id: string
  account_id: string
  region_id: string
  /** The CEN it is attached to. */
  cen_id: string | null
  bgp: number
  /** The instance it backs up. */
  instance_id: string | null
  bound_at: number | null
}

export interface VbrRouteTable {
  vbr_id: string
  cidr: string
  first: number
  last: number
}

/** An account of a SAG APP instance. */
export interface ClientUserTable {
  instance_id: string
  name: string
  mail: string
  /** Kbit/s. */
  bandwidth: number
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

/** An unpaid order that changes the size of a SAG APP instance. */
export interface SizeOrderTable {
  id: string
  instance_id: string
  user_count: number
  data_plan: number
  created_at: number
}

/** The configuration an instance's gateways should hold, as JSON, one row an instance; its revision is on the instance. */
export interface GatewayConfigTable {
  instance_id: string
  revision: number
  config: string
}

/** Firmware the operator offers: what a gateway of a model can be upgraded to. */
export interface FirmwareTable {
  model: string
  /** Four-part version. */
  version: string
  name: string
  type: 'release' | 'beta'
  created_at: number
}

/** What every named thing of RAM has. */
interface RamNamed {
  id: string
  account_id: string
  /** Unique in the account, among its kind. */
  name: string
  created_at: number
  updated_at: number
}

export interface RamUserTable extends RamNamed {
  display_name: string | null
  mobile_phone: string | null
  email: string | null
  comments: string | null
  last_login_at: number | null
}

export interface RamGroupTable extends RamNamed {
  comments: string | null
}

export interface RamGroupMemberTable {
  group_id: string
  user_id: string
  joined_at: number
}

/** Lets a user log on to the console. */
export interface RamLoginProfileTable {
  user_id: string
  /** argon2id. */
  password_hash: string
  password_reset_required: number
  mfa_bind_required: number
  created_at: number
  password_changed_at: number
}

export interface RamRoleTable extends RamNamed {
  description: string | null
  /** JSON: who may assume it. */
  trust_policy: string
  /** Seconds. */
  max_session_duration: number
}

/** A policy of an account's own. System policies are code. */
export interface RamPolicyTable extends RamNamed {
  description: string | null
  /** The number of the version made last; numbers are never used again. */
  last_version: number
  /** JSON: requests and what becomes of them, held against every version. */
  examples: string | null
}

export interface RamPolicyVersionTable {
  policy_id: string
  version: number
  document: string
  is_default: number
  created_at: number
}

export interface RamAttachmentTable {
  account_id: string
  target_kind: 'user' | 'group' | 'role'
  target_id: string
  policy_type: 'System' | 'Custom'
  policy_name: string
  attached_at: number
}

/** A session of whoever assumed a role or works at the console. Nobody can be it without key, secret and token. */
export interface StsSessionTable {
  /** The key's id, `STS.…`. */
  id: string
  /** The account the session belongs to: the role's. */
  account_id: string
  secret_sealed: string
  /** SHA-256 of the token. */
  token_hash: string
  /** Of the wall clock, as is the expiry: signatures are held against it. */
  created_at: number
  expires_at: number
  /** The lasting key that began it. */
  access_key_id: string | null
  user_id: string | null
  /** Of a logon with a password: what it was, as a hash of its hash. */
  profile_tag: string | null
  role_id: string | null
  session_name: string | null
  /** JSON. */
  policy: string | null
  /** The principal who began it. */
  begun_by: string
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
