import type { AccessTables } from './access/tables.ts'
import type { AclTables } from './acls/tables.ts'
import type { AlertTables } from './alerts/tables.ts'
import type { AuditTables } from './audit/tables.ts'
import type { FleetTables } from './fleet/tables.ts'
import type { GatewayTables } from './gateways/tables.ts'
import type { JobTables } from './jobs/tables.ts'
import type { NetworkTables } from './networks/tables.ts'
import type { PopTables } from './pops/tables.ts'
import type { ProbeTables } from './probes/tables.ts'
import type { QosTables } from './qos/tables.ts'
import type { RemoteUserTables } from './remote-users/tables.ts'
import type { RouteTables } from './routes/tables.ts'
import type { SeriesTables } from './series/tables.ts'

/**
 * The tables, as both dialects hold them. Times are milliseconds since 1970 (UTC) in 64-bit integers; flags are 0 or 1,
 * because SQLite has no boolean. `…_sealed` columns hold ciphertext under the master key, which is never in the store.
 */
export interface Schema
  extends AccessTables,
    AclTables,
    AlertTables,
    AuditTables,
    FleetTables,
    GatewayTables,
    JobTables,
    NetworkTables,
    PopTables,
    ProbeTables,
    QosTables,
    RemoteUserTables,
    RouteTables,
    SeriesTables {
  setting: SettingTable
  commit_mark: CommitMarkTable
}

/** Facts of the deployment itself: server identity (sealed), offset of the sandbox's clock. */
export interface SettingTable {
  name: string
  value: string
}

/** The last commit of each writer of a node, on PostgreSQL alone. */
export interface CommitMarkTable {
  /** One connection of one start of a node. */
  writer: string
  /** Grows with each commit. */
  number: number
  /** Of the database's clock; old ones are forgotten. */
  written_at: number
}
