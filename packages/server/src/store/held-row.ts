import type { InstanceRow } from './fleet/rows.ts'

/**
 * All that a unit of work touches; a store may run such works together.
 *
 * - `instance`: it reads and changes the row of this instance, and reads those of its devices.
 * - `gateway`, a serial number: it changes the row of this device and adds or changes rows that name it. What it reads
 *   besides is changed by no work that keeps to a gateway.
 */
export type Footprint = InstanceFootprint | GatewayFootprint

export interface InstanceFootprint {
  readonly instance: string
}

interface GatewayFootprint {
  readonly gateway: string
}

/** What is held for such a work: the instance, and its devices as the queries of the fleet find them. */
export type HeldRow = InstanceRow & { readonly devices: string | null }

/** How a query of one instance is answered from its row in memory. `id` names the value that is the instance's id. */
export type OnHeldRow =
  | {
      readonly id: string
      /** The row of the answer; a later change of the held row must not show in it. */
      readonly read: (row: HeldRow) => unknown
    }
  | { readonly id: string; readonly columns: readonly string[] }
