import type { Generated } from 'kysely'
import type { deviceColumns } from '../../columns/device.ts'
import type { instanceColumns } from '../../columns/instance.ts'
import type { Columns, DefaultedOf, RowOf } from '../../columns/table.ts'

/** Instances, the inventory of devices, and orders that change an instance. */
export interface FleetTables {
  instance: InstanceTable
  device: DeviceTable
  size_order: SizeOrderTable
}

export type InstanceTable = TableOf<typeof instanceColumns>

export type DeviceTable = TableOf<typeof deviceColumns>

/** As Kysely wants it: what the database fills in by itself may be left out of a new row. */
type TableOf<C extends Columns> = {
  [N in keyof RowOf<C>]: N extends DefaultedOf<C> ? Generated<RowOf<C>[N]> : RowOf<C>[N]
}

/** An unpaid order that changes the size of a SAG APP instance, or the bandwidth of another one. */
export interface SizeOrderTable {
  id: string
  instance_id: string
  /** Of an order of bandwidth both are 0. */
  user_count: number
  data_plan: number
  /** Mbit/s; null: the order is of accounts. */
  max_bandwidth: number | null
  created_at: number
}
