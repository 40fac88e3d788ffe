import type { Device } from '../model/device.ts'
import type { Instance } from '../model/instance.ts'

/** Instances and devices as operations and the operator side find and change them. */
export interface Fleet {
  /** An instance of this account in this region, with its devices. */
  instance(accountId: string, regionId: string, id: string): Promise<Instance | undefined>
  device(serial: string): Promise<Device | undefined>
}
