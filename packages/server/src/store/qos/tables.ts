import type { BandwidthLimit } from '../../model/qos.ts'

/** QoS of accounts and their rules; which instance has which is in the row of the instance. */
export interface QosTables {
  qos: QosTable
  qos_car: QosCarTable
  qos_policy: QosPolicyTable
}

export interface QosTable {
  id: string
  account_id: string
  region_id: string
  name: string
  description: string | null
  created_at: number
  resource_group_id: string | null
}

/** Throttling rules. */
export interface QosCarTable {
  id: string
  qos_id: string
  name: string | null
  description: string | null
  priority: number
  limit_type: BandwidthLimit['limitType']
  /** Mbit/s. */
  min_abs: number
  max_abs: number
  min_percent: number
  max_percent: number
  percent_source: BandwidthLimit['percentSource']
  created_at: number
}

/** Classification rules; all texts as they were sent. */
export interface QosPolicyTable {
  id: string
  qos_id: string
  name: string | null
  description: string | null
  priority: number
  protocol: string
  source_cidr: string
  source_ports: string
  dest_cidr: string
  dest_ports: string
  /** JSON. */
  applications: string | null
  start_time: string | null
  end_time: string | null
  created_at: number
}
