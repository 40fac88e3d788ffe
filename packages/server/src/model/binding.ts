import type { Device } from './device.ts'
import type { Instance } from './instance.ts'

/** An App instance has no device at all; every other has room for two, whatever its backup type (D). */
export function deviceLimit(kind: Instance['kind']): number {
  return kind === 'app' ? 0 : 2
}

/** The first bound device is the active one (D). */
export function roleOfNext(bound: readonly Pick<Device, 'role'>[]): 'active' | 'standby' {
  return bound.some(({ role }) => role === 'active') ? 'standby' : 'active'
}

/** Of devices that come together, the smaller serial is the active one (D): the order in which they are bound. */
export function bindingOrder(serials: readonly string[]): readonly string[] {
  return [...serials].sort()
}

export function activeDevice(instance: Pick<Instance, 'devices'>): Device | undefined {
  return instance.devices.find(({ role }) => role === 'active')
}

export function standbyDevice(instance: Pick<Instance, 'devices'>): Device | undefined {
  return instance.devices.find(({ role }) => role === 'standby')
}

/**
 * What kind of box an instance shows itself as. The SCG5000 family has no specification of its own to order, so an
 * instance whose active box is one shows that (C).
 */
export function shownType(instance: Pick<Instance, 'spec' | 'devices'>): string {
  const model = activeDevice(instance)?.model
  return model === 'SCG5000' || model === 'SCG5000-5G' ? model : instance.spec
}
