import type { Generated } from 'kysely'

/** Points of presence and the numbers from which the addresses of the network follow. */
export interface PopTables {
  pop: PopTable
  network_number: NetworkNumberTable
  network_report: NetworkReportTable
  traffic: TrafficTable
}

/** A point of presence; it is also a device, which enrols and connects. */
export interface PopTable {
  serial: string
  /** IPv4 address at which it takes tunnels. */
  endpoint: string
  created_at: number
  /** It serves nobody any more; the row stays until all gateways are told so. */
  removed_at: number | null
  /** Of the configuration it was last given. */
  revision: number
  /** SHA-256 of that configuration, base64url. */
  digest: string | null
}

/** A number stays with its device or CCN for as long as that is there. */
export interface NetworkNumberTable {
  kind: 'device' | 'ccn' | 'app'
  /** Serial number or id. */
  name: string
  number: number
}

/** What a gateway said last of its tunnels, as JSON. */
export interface NetworkReportTable {
  serial: string
  at: number
  report: string
}

/** What went through the tunnels of a gateway in one interval, in bytes of inner packets. */
export interface TrafficTable {
  serial: string
  span: 'hour' | 'day'
  /** Number of the interval, modulo as many as are kept. */
  slot: number
  at: number
  received: number
  sent: number
  /** Of its tunnels' links; 0 of what its program does not count. */
  packets: Generated<number>
  dropped: Generated<number>
  /** Heartbeats of the gateway, those without an answer, and milliseconds the others took together; null: it does not tell. */
  beats: number | null
  lost: number | null
  trip: number | null
}
