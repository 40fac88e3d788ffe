import type { deviceColumns } from '../columns/device.ts'
import type { FactsOf } from '../columns/table.ts'

/** A gateway device as the rules see it: facts, no I/O. */
export interface Device extends FactsOf<typeof deviceColumns> {
  /**
   * The API's "online": its control channel is up, it is neither locked nor about to restart. Its tunnels do not count.
   */
  readonly connected: boolean
}

export type DeviceModel = Device['model']
