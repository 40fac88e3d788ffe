import type { Capability } from '@opensag/protocol'
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

/** As for SNAT (C). */
export function canFilter(device: Kind): boolean {
  return canTranslateSources(device)
}

/** What is on the Internet: the large box from 2.0.0 (D, the version C). */
export function canFilterWan(device: Kind): boolean {
  return canFilter(device) && (device.model !== 'sag-1000' || isAtLeast(device.version, '2.0.0'))
}

/** Its program does not know a part of the configuration. Of one that was never here nothing is known. */
export function isProgramTooOld(
  { sealKey, capabilities }: Pick<Device, 'sealKey' | 'capabilities'>,
  needed: Capability,
): boolean {
  return sealKey !== undefined && capabilities?.split(' ').includes(needed) !== true
}

/** Nothing published names the version; the small box is taken to have got it with its new routing (C). */
export function canTranslateSources(device: Kind): boolean {
  return canRouteDynamically(device)
}
