import type { NetworkConfig } from '@opensag/protocol'
import { hasNetwork, networksOf, type Pop } from '../../model/network.ts'
import { findInstance } from '../fleet/lookups.ts'
import type { Writer } from '../store.ts'
import { ensureNumber } from './numbers.ts'

/**
 * What each gateway of an instance is told of its network, by serial number; none without a network. Devices and CCNs that
 * have no number yet are given one; without a free one there is no network.
 */
export async function networksOfInstance(
  tx: Writer,
  instanceId: string,
  { pops, now }: { readonly pops: readonly Pop[]; readonly now: number },
): Promise<ReadonlyMap<string, NetworkConfig>> {
  const none = new Map<string, NetworkConfig>()
  if (pops.length === 0) return none
  const instance = await findInstance(tx, instanceId)
  if (instance === undefined || !hasNetwork(instance, now)) return none
  if ((await ensureNumber(tx, 'ccn', instance.ccnId)) === undefined) return none
  const devices = []
  for (const { serial } of instance.devices) devices.push({ serial, number: await ensureNumber(tx, 'device', serial) })
  return networksOf({ ...instance, devices }, { pops, now }) ?? none
}
