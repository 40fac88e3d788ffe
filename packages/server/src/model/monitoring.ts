import { type MonitorConfig, mostMeasured, type PointQuality } from '@opensag/protocol'
import type { Device } from './device.ts'
import { isProgramTooOld } from './device-features.ts'

/** What advanced monitoring makes of the reports of a gateway, which are a minute old at most without it (C). */
export const advancedMonitor: MonitorConfig = { countersMs: 5_000, qualityMs: 60_000 }

/** Every model; its program has to know how (C). */
export function canMonitor(device: Pick<Device, 'sealKey' | 'capabilities'>): boolean {
  return !isProgramTooOld(device, 'monitor')
}

export function canDiagnose(device: Pick<Device, 'sealKey' | 'capabilities'>): boolean {
  return !isProgramTooOld(device, 'diagnosis')
}

/** What was measured of points, beside what was measured of others before: of each address, and of so many, the newest. */
export function withNewer(before: readonly PointQuality[], measured: readonly PointQuality[]): readonly PointQuality[] {
  const others = before.filter(({ address }) => !measured.some((one) => one.address === address))
  return [...measured, ...others].slice(0, mostMeasured)
}
