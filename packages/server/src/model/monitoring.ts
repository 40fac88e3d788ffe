import type { MonitorConfig } from '@opensag/protocol'
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
