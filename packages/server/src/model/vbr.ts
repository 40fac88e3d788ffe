import type { Instance } from './instance.ts'

/** The cloud end of a leased line, as the operator registered it. */
export interface Vbr {
  readonly id: string
  readonly accountId: string
  readonly regionId: string
  /** The CEN it is attached to. */
  readonly cenId: string | undefined
  /** It learns its routes by BGP, so that it notices when the line fails. */
  readonly bgp: boolean
  /** The instance that backs up its line. */
  readonly instanceId: string | undefined
}

/** The SAG-1000 class has a port for a leased line; a SAG-100WM, a vCPE and an App have none (D). */
export function supportsLeasedLine(instance: Pick<Instance, 'spec' | 'devices'>): boolean {
  return instance.spec === 'sag-1000' && instance.devices.every(({ model }) => model !== 'sag-100wm')
}
