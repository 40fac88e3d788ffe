import { type Cidr, cidrAt, overlaps } from '@opensag/rules'
import { isClientAddress } from '../../model/client-user.ts'
import type { Instance } from '../../model/instance.ts'
import type { InstanceChange } from '../../model/instance-change.ts'
import type { RangeSurroundings } from '../../model/range-change.ts'
import {
  holds,
  type PlacedSnat,
  type SnatEntry,
  type SnatPlace,
  type SnatSurroundings,
  type WantedSnat,
} from '../../model/snat.ts'
import type { InstanceSettings } from '../../store/fleet/fleet.ts'
import type { OperationContext } from '../context.ts'

/** What the store knows of the place an instance's new blocks would have. */
export async function rangeSurroundings(
  { addresses, networks, remoteUsers }: OperationContext,
  instance: Instance,
  { snat }: InstanceChange,
  cidrs: readonly Cidr[],
): Promise<RangeSurroundings> {
  const { id, ccnId } = instance
  const isApp = instance.kind === 'app'
  const ccn = ccnId === undefined ? undefined : await networks.ccn(ccnId)
  const ownVbr = await networks.vbrOf(id)

  const peers = isApp ? await addresses.cidrsOf(await remoteUsers.roamingPeers(id)) : new Map<string, Cidr[]>()
  const ofPeers = [...peers.values()].flat()
  let overlapsAnother = cidrs.some((cidr) => ofPeers.some((other) => overlaps(cidr, other)))
  // Entries the same call replaces are in nobody's way.
  let holdsSnatIp = snat === undefined && (await addresses.snatEntries(id)).some(({ snatIp }) => holds(cidrs, snatIp))
  holdsSnatIp ||= (await ownDnatIps(addresses, id)).some((address) => holds(cidrs, address))
  const vbrs: RangeSurroundings['vbrs'][number][] = []
  if (ccn !== undefined) {
    for (const cidr of cidrs) {
      overlapsAnother ||= (await addresses.overlappingInCcn(ccn.id, cidr, id)) !== undefined
      holdsSnatIp ||= (await addresses.snatIps(ccn.id, cidr, id)).length > 0
      holdsSnatIp ||= (await addresses.dnatIpsOfOthers(ccn.id, cidr, id)).length > 0
      const vbr = ccn.cenId === undefined ? undefined : await networks.vbrOverlap(ccn.cenId, cidr, ownVbr?.id)
      if (vbr !== undefined) vbrs.push(vbr)
    }
  }
  return {
    instance,
    current: await addresses.cidrs(id),
    serviceAddresses: (await addresses.serviceAddresses(id)).map(({ address }) => address),
    accounts: isApp ? await remoteUsers.countUsers(id) : 0,
    overlapsAnother,
    ccn,
    holdsSnatIp,
    vbrs,
    hasVbr: ownVbr !== undefined,
  }
}

/** What the store knows of the place that entries of an instance would have in a CCN, or in none. */
export async function snatPlace(
  { addresses, networks }: Pick<OperationContext, 'addresses' | 'networks'>,
  instanceId: string,
  ccnId: string | undefined,
  entries: readonly WantedSnat[],
): Promise<SnatPlace> {
  const ccn = ccnId === undefined ? undefined : await networks.ccn(ccnId)
  const taken = new Set<number>()
  if (ccn !== undefined) {
    const asked = entries.flatMap(({ snatIp }) => (snatIp === undefined ? [] : [cidrAt(snatIp, 32)]))
    for (const range of [...ccn.snatCidrs, ...asked]) {
      for (const address of await addresses.snatIps(ccn.id, range, instanceId)) taken.add(address)
      for (const address of await addresses.dnatIpsOfOthers(ccn.id, range, instanceId)) taken.add(address)
    }
    for (const address of asked) {
      if ((await addresses.overlappingInCcn(ccn.id, address, instanceId)) !== undefined) taken.add(address.first)
    }
  }
  return { ccn, taken, cidrs: await addresses.cidrs(instanceId) }
}

/** What the store knows of the place an instance's SNAT entries would have; it is in a CCN. */
export async function snatSurroundings(
  context: OperationContext,
  { id, ccnId }: Instance,
  { cidrs }: InstanceChange,
  wanted: readonly WantedSnat[],
): Promise<SnatSurroundings> {
  const { ccn, ...place } = await snatPlace(context, id, ccnId, wanted)
  if (ccn === undefined) throw new Error(`The instance ${id} is in a CCN that does not exist.`)
  // No address both hides the branch and leads into it. AddSnatEntry has a code of its own for that.
  const taken = new Set([...place.taken, ...(await ownDnatIps(context.addresses, id))])
  return { ...place, taken, ccn, cidrs: cidrs ?? place.cidrs, current: await context.addresses.snatEntries(id) }
}

async function ownDnatIps(addresses: OperationContext['addresses'], instanceId: string): Promise<readonly number[]> {
  return (await addresses.dnatEntries(instanceId)).flatMap(({ externalIp }) => externalIp ?? [])
}

/** A change that passed every rule; what is undefined stays as it is. */
export interface AllowedChange extends InstanceSettings {
  readonly cidrs: readonly Cidr[] | undefined
  /** They replace the entries it has. */
  readonly snat: readonly PlacedSnat[] | undefined
}

/** Makes the change, and the gateways hold what follows from it. */
export async function applyChange(
  context: OperationContext,
  instance: Instance,
  { cidrs, snat, ...settings }: AllowedChange,
): Promise<void> {
  const { addresses, fleet } = context
  const { id, ccnId } = instance
  const isHeld = await fleet.configure(id, settings)
  if (cidrs !== undefined) {
    await addresses.replaceCidrs(id, ccnId, cidrs)
    if (instance.kind === 'app') await endSessionsOutside(context, id, cidrs)
  }
  if (snat !== undefined) await addresses.replaceSnatEntries(id, ccnId, await entriesOf(context, id, snat))
  if (isHeld || cidrs !== undefined || snat !== undefined) await addresses.refreshConfig(id)
}

/** An entry that stays as it was keeps its id and its age. */
async function entriesOf(
  { addresses, ids, now }: OperationContext,
  instanceId: string,
  placed: readonly PlacedSnat[],
): Promise<readonly SnatEntry[]> {
  const current = await addresses.snatEntries(instanceId)
  return placed.map(({ cidr, snatIp }) => {
    const before = current.find((entry) => entry.cidr.cidr === cidr.cidr && entry.snatIp === snatIp)
    return before ?? { id: ids.withPrefix('snat-'), instanceId, cidr, snatIp, createdAt: now }
  })
}

async function endSessionsOutside(
  { remoteUsers, now }: OperationContext,
  instanceId: string,
  cidrs: readonly Cidr[],
): Promise<void> {
  for (const session of await remoteUsers.sessionsOf(instanceId)) {
    if (!isClientAddress(cidrs, session.address)) await remoteUsers.endSession(session.id, 'AddressNotInPool', now)
  }
}
