import { keyOf, type PlannedGateway } from '@opensag/rotation'
import type { Slots } from './concurrency.ts'
import type { Reader } from './read.ts'
import type { Stop } from './stop.ts'

export interface WaitOnlineOptions {
  readonly reader: Reader
  readonly slots: Slots
  readonly stop: Stop
  /** How long a gateway is waited for, milliseconds from when it was first found to be away. */
  readonly waitMs: number
  readonly monotonic: () => number
  readonly pause: (ms: number) => Promise<void>
}

/** Milliseconds; many gateways may be away at once. */
const firstLook = 1_000
const rarestLook = 30_000

/** Looks again and again, ever more rarely, whether a gateway is connected. */
export function createWaitOnline({ reader, slots, stop, waitMs, monotonic, pause }: WaitOnlineOptions) {
  /** One that comes and goes is not waited for anew each time. */
  const until = new Map<string, number>()

  async function isOnline({ regionId, instanceId, serial }: PlannedGateway): Promise<boolean> {
    const params = { RegionId: regionId, SmartAGId: instanceId, SmartAGSn: serial }
    const { body } = await reader.ask(regionId, 'DescribeSAGDeviceInfo', params)
    return body['ControllerState'] === 'Normal'
  }

  return async function comesOnline(gateway: PlannedGateway): Promise<boolean> {
    const key = keyOf(gateway)
    const end = until.get(key) ?? monotonic() + waitMs
    until.set(key, end)
    for (let next = firstLook; stop.reason === undefined; next = Math.min(rarestLook, next * 1.5)) {
      const left = end - monotonic()
      if (left <= 0) return false
      await pause(Math.min(next, left))
      if (stop.reason === undefined && (await slots.use(() => isOnline(gateway)))) return true
    }
    return false
  }
}
