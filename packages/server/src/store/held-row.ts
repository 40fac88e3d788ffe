import type { InstanceRow } from './fleet/rows.ts'

/**
 * All that a unit of work touches: it reads and changes the row of this instance, and reads those of its devices. A
 * store may run such works together.
 */
export interface Footprint {
  readonly instance: string
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
