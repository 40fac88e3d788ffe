import type { PairConfig } from '@opensag/protocol'
import { activeDevice } from './binding.ts'
import type { Device } from './device.ts'
import type { Instance } from './instance.ts'
import type { Pop } from './network.ts'

interface PairInstance extends Pick<Instance, 'id'> {
  readonly devices: readonly { readonly serial: string; readonly role?: Device['role'] | null }[]
}

/**
 * What each gateway of an instance is told of the other one, by serial number; nothing for one that is alone, or while there
 * is no point of presence. It does not depend on a CCN: the two share the addresses of their branch in any case.
 */
export function pairsOf({ id, devices }: PairInstance, pops: readonly Pop[]): ReadonlyMap<string, PairConfig> {
  if (pops.length === 0 || devices.length < 2) return new Map()
  const router = routerOf(id)
  return new Map(devices.map(({ serial, role }) => [serial, { router, role: role === 'active' ? 'main' : 'backup' }]))
}

/** It announces its branch only in place of the other gateway. */
export function isStandby({ devices }: Pick<PairInstance, 'devices'>, serial: string): boolean {
  return devices.length > 1 && devices.some((device) => device.serial === serial && device.role === 'standby')
}

/** Two pairs in one branch are rare; that they are told apart is all that is asked of it. */
function routerOf(instanceId: string): number {
  let sum = 0
  for (const character of instanceId) sum = (sum * 31 + character.charCodeAt(0)) % 255
  return sum + 1
}

/**
 * The device of an instance that the traffic goes through. Of two that is the one that says that it has the addresses of the
 * branch; while none of those that are connected says so, or both do, it is the active one by the binding.
 */
export function trafficMaster(instance: Pick<Instance, 'devices'>): Device | undefined {
  const saying = instance.devices.filter(({ connected, hasTraffic }) => connected && hasTraffic === true)
  const [only, second] = saying
  return only !== undefined && second === undefined ? only : activeDevice(instance)
}

/** The other one of two. */
export function trafficBackup(instance: Pick<Instance, 'devices'>): Device | undefined {
  const master = trafficMaster(instance)
  return instance.devices.find((device) => device !== master)
}
