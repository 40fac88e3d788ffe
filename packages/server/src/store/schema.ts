import type { AccessTables } from './access/tables.ts'
import type { AuditTables } from './audit/tables.ts'
import type { FleetTables } from './fleet/tables.ts'
import type { GatewayTables } from './gateways/tables.ts'
import type { NetworkTables } from './networks/tables.ts'
import type { RemoteUserTables } from './remote-users/tables.ts'

/**
 * The tables, as both dialects hold them. Times are milliseconds since 1970 (UTC) in 64-bit integers; flags are 0 or 1,
 * because SQLite has no boolean. `…_sealed` columns hold ciphertext under the master key, which is never in the store.
 */
export interface Schema extends AccessTables, AuditTables, FleetTables, GatewayTables, NetworkTables, RemoteUserTables {
  setting: SettingTable
}

/** Facts of the deployment itself: server identity (sealed), offset of the sandbox's clock. */
export interface SettingTable {
  name: string
  value: string
}
