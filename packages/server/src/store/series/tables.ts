import type { SpanName } from '../../model/metric-series.ts'

/** What was measured over time. */
export interface SeriesTables {
  series: SeriesTable
  series_kept: SeriesKeptTable
  client_load: ClientLoadTable
  fleet_step: FleetStepTable
}

/** Many steps of one gateway, or of the remote users of an instance: `packs.ts` says how they are packed. */
export interface SeriesTable {
  instance_id: string
  /** Serial number of the gateway; empty: the remote users of the instance. */
  subject: string
  span: SpanName
  begin_at: number
  steps: Uint8Array
}

/** When the newest steps were last put away. */
export interface SeriesKeptTable {
  instance_id: string
  subject: string
  at: number
}

/** How many remote users were logged on when somebody looked, by steps of 15 minutes. */
export interface ClientLoadTable {
  at: number
  /** Of an instance that had some; empty: of the looks themselves, so that none is known from not looked. */
  instance_id: string
  /** The minute of the last look: another node that looks in it too adds nothing. */
  looked_at: number
  looks: number
  users: number
  most: number
}

/** What was counted of all gateways of an account in a quarter of an hour, once it was over. */
export interface FleetStepTable {
  /** Empty: the look itself, so that it is done once among several nodes. */
  account_id: string
  at: number
  /** Those that have ever been connected, and those of them that were when somebody looked. */
  gateways: number
  online: number
  /** Those that are in the sums. */
  counted: number
  received: number
  sent: number
  /** As in `client_load`, of all instances together; null: nobody looked. */
  looks: number | null
  users: number | null
}
