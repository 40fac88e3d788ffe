import type { PlannedGateway } from '@opensag/rotation'
import type { Slots } from './concurrency.ts'
import type { Reader } from './read.ts'
import { pauseUnless, type Stop } from './stop.ts'

export interface WaitOnlineOptions {
  readonly reader: Reader
  readonly slots: Slots
  readonly stop: Stop
  /** How long a gateway is waited for, milliseconds. */
  readonly waitMs: number
  readonly monotonic: () => number
}

/** Milliseconds; many gateways may be away at once. */
const firstLook = 1_000
const rarestLook = 30_000

/** Looks again and again, ever more rarely, whether a gateway is connected. */
export function createWaitOnline({ reader, slots, stop, waitMs, monotonic }: WaitOnlineOptions) {
  async function isOnline({ regionId, instanceId, serial }: PlannedGateway): Promise<boolean> {
    const params = { RegionId: regionId, SmartAGId: instanceId, SmartAGSn: serial }
    const { body } = await reader.ask(regionId, 'DescribeSAGDeviceInfo', params)
    return body['ControllerState'] === 'Normal'
  }

  return async function comesOnline(gateway: PlannedGateway): Promise<boolean> {
    const until = monotonic() + waitMs
    for (let pause = firstLook; stop.reason === undefined; pause = Math.min(rarestLook, pause * 1.5)) {
      const left = until - monotonic()
      if (left <= 0) return false
      await pauseUnless(stop, Math.min(pause, left))
      if (stop.reason === undefined && (await slots.use(() => isOnline(gateway)))) return true
    }
    return false
  }
}
