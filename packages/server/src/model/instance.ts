import type { instanceColumns } from '../columns/instance.ts'
import type { FactsOf } from '../columns/table.ts'
import type { Device } from './device.ts'

/** A purchased SAG instance as the rules see it: the stored facts and its bound devices. */
export interface Instance extends FactsOf<typeof instanceColumns> {
  /** The bound devices, the active one first. */
  readonly devices: readonly Device[]
}
