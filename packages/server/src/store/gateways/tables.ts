import type { Generated } from 'kysely'

/** What gateways do and should hold, beside their row in `device`. */
export interface GatewayTables {
  node: NodeTable
  password_change: PasswordChangeTable
  device_event: DeviceEventTable
  gateway_config: GatewayConfigTable
  firmware: FirmwareTable
  upgrade_policy: UpgradePolicyTable
}

/** When a device upgrades by itself, to which kind of versions. */
export interface UpgradePolicyTable {
  serial: string
  version_type: 'Device' | 'Dpi'
  upgrade_type: 'scheduled' | 'boot' | 'manual'
  /** Of `scheduled` alone, as it was sent. */
  cron: string | null
  /** Minutes. */
  duration: number | null
  time_zone: string | null
  /** The version it was told to take last, and when. */
  tried_version: string | null
  tried_at: number | null
  /** Of `boot`: the start that was looked at last, as the device reported it. */
  seen_start: number | null
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

/** A server of this database. */
export interface NodeTable {
  id: string
  /** When it started last. */
  started_at: number
  /** When it last said that it runs. */
  seen_at: number
  version: string
}
