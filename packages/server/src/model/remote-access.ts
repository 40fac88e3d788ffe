import { isAtLeast } from '@opensag/rules'
import type { Device } from './device.ts'

/** A vCPE image has no local console to log on to; older boxes learned it with 2.0.0 (C). */
export function canBeLoggedOnRemotely({ model, version }: Pick<Device, 'model' | 'version'>): boolean {
  return model !== 'sag-vcpe' && isAtLeast(version, '2.0.0')
}
