import type { RouteSide, RouteSource } from '@opensag/protocol'
import type { Distribution } from '../../model/route-strategy.ts'

/** Which routes gateways have, and which of them are told on. */
export interface RouteTables {
  route_report: RouteReportTable
  route_strategy: RouteStrategyTable
}

/** The routes a gateway said last that it has, as JSON. */
export interface RouteReportTable {
  serial: string
  at: number
  report: string
}

/** Whether one route of the gateways of an instance is told to the other side. */
export interface RouteStrategyTable {
  instance_id: string
  /** Where the route comes from. */
  side: RouteSide
  source: RouteSource
  cidr: string
  distribution: Distribution
  health_check_id: string | null
  created_at: number
}
