import type { Finding, PointQuality } from '@opensag/protocol'
import { Diagnoses, saveDiagnosis } from '../../store/probes/diagnoses.ts'
import { saveQuality } from '../../store/probes/quality.ts'
import type { Harness } from './harness-on.suite.ts'

/** Of a gateway whose program knows all that is asked of it here. */
export const watchable = { sealKey: 'enrolled', capabilities: 'config-trial monitor diagnosis' } as const
/** Of one whose program is older. */
export const older = { sealKey: 'enrolled', capabilities: 'config-trial probe-task' } as const

/** What a gateway says of a point at an address. */
export function measures(world: Harness, serial: string, ...points: readonly PointQuality[]): Promise<void> {
  return world.store.write((tx) => saveQuality(tx, serial, points, world.wallNow))
}

/** A device was asked to diagnose itself, and has found this. */
export async function diagnosed(
  world: Harness,
  serial: string,
  ...found: readonly Pick<Finding, 'check' | 'outcome' | 'values'>[]
): Promise<void> {
  const [startedAt, endedAt] = [world.wallNow, world.wallNow + 900]
  const findings = found.map((one) => ({ ...one, startedAt, endedAt }))
  await world.store.write(async (tx) => {
    await new Diagnoses(tx).begin(serial, 'dia-one', world.wallNow)
    await saveDiagnosis(tx, serial, { id: 'dia-one', startedAt, endedAt, findings }, world.wallNow + 1_000)
  })
}
