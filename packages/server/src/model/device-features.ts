import { isAtLeast } from '@opensag/rules'
import type { Device } from './device.ts'

type Kind = Pick<Device, 'model' | 'version'>

/** The small box learned OSPF and BGP with 2.0.0 (S). */
export function canRouteDynamically({ model, version }: Kind): boolean {
  return model !== 'sag-100wm' || isAtLeast(version, '2.0.0')
}

/** The large box alone, from 1.7.0 (D). */
export function canExportFlows({ model, version }: Kind): boolean {
  return isFlowModel({ model }) && isAtLeast(version, '1.7.0')
}

export function isFlowModel({ model }: Pick<Kind, 'model'>): boolean {
  return model === 'sag-1000'
}

/** As for SNAT (C). */
export function canTranslateDestinations(device: Kind): boolean {
  return canTranslateSources(device)
}

/** As for SNAT (C). */
export function canShape(device: Kind): boolean {
  return canTranslateSources(device)
}

/** Nothing published names the version; the small box is taken to have got it with its new routing (C). */
export function canTranslateSources(device: Kind): boolean {
  return canRouteDynamically(device)
}
