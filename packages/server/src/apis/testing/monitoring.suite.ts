import type { PointQuality } from '@opensag/protocol'
import { saveQuality } from '../../store/probes/quality.ts'
import type { Harness } from './harness-on.suite.ts'

/** Of a gateway whose program knows all that is asked of it here. */
export const watchable = { sealKey: 'enrolled', capabilities: 'config-trial monitor' } as const
/** Of one whose program is older. */
export const older = { sealKey: 'enrolled', capabilities: 'config-trial probe-task' } as const

/** What a gateway says of a point at an address. */
export function measures(world: Harness, serial: string, ...points: readonly PointQuality[]): Promise<void> {
  return world.store.write((tx) => saveQuality(tx, serial, points, world.wallNow))
}
