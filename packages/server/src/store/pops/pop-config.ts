import { createHash } from 'node:crypto'
import type { MarkedConfig, PopConfig, PopMember, WireConfig } from '@opensag/protocol'
import { unconfigured } from '../../model/desired-config.ts'
import {
  hasNetwork,
  memberOf,
  mostMembers,
  mostNetworks,
  numbered,
  type Pop,
  peersOf,
  popAddress,
  prefixesOf,
} from '../../model/network.ts'
import { isStandby } from '../../model/pair.ts'
import { compiledRow } from '../compiled-query.ts'
import type { Reader, Store } from '../store.ts'
import { findRemoteAccess, numberApps } from './apps.ts'
import { type Branch, readBranches } from './branches.ts'
import type { StoredNetworkInstance } from './network-instances.ts'
import { findPops } from './pops.ts'

const popBySerial = compiledRow((db: Reader, given: { serial: string }) =>
  db.selectFrom('pop').select(['revision', 'digest']).where('serial', '=', given.serial),
)

/**
 * What a point of presence is to hold now; undefined for a device that is none, and for one that was removed. It follows from
 * the stored facts of all networks and is stored nowhere: only which one it was last, so that another one has a revision of
 * its own.
 */
export async function readPopConfig(store: Store, serial: string, now: number): Promise<MarkedConfig | undefined> {
  // Every gateway that is bound to no instance is asked for here, too.
  if ((await store.read((db) => popBySerial(db, { serial }))) === undefined) return undefined
  for (;;) {
    await numberApps(store)
    const found = await store.read((db) => derive(db, serial, now))
    if (found === undefined) return undefined
    const { config, digest, stored } = found
    if (stored.digest === digest) return { instanceId: serial, revision: stored.revision, config }
    const revision = stored.revision + 1
    const isNext = await store.write(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('pop')
        .set({ revision, digest })
        .where('serial', '=', serial)
        .where('revision', '=', stored.revision)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    })
    if (isNext) return { instanceId: serial, revision, config }
  }
}

interface Derived {
  readonly config: WireConfig
  readonly digest: string
  readonly stored: { readonly revision: number; readonly digest: string | null }
}

async function derive(db: Reader, serial: string, now: number): Promise<Derived | undefined> {
  const pops = await findPops(db)
  const pop = pops.find((one) => one.serial === serial)
  const stored = pop === undefined ? undefined : await popBySerial(db, { serial })
  if (pop === undefined || stored === undefined) return undefined
  const held = await derivePop(db, pop, { pops, now })
  const { own: _, ...nothing } = unconfigured
  const config = { ...nothing, probeAddresses: [], pop: held }
  return { config, stored, digest: createHash('sha256').update(JSON.stringify(held)).digest('base64url') }
}

/** @throws Error when it is more than a point of presence can be told */
async function derivePop(
  db: Reader,
  pop: Pop,
  { pops, now }: { readonly pops: readonly Pop[]; readonly now: number },
): Promise<PopConfig> {
  const { branches, ccns } = await readBranches(db)
  const members = new Map<string, PopMember[]>()
  for (const branch of branches) {
    const { instance } = branch
    if (!hasNetwork(instance, now)) continue
    const devices = numbered(instance)
    // What has no number yet is given one when its configuration is made, and then this is looked at again.
    if (devices === undefined || !ccns.has(instance.ccnId)) continue
    const around = { devices, bandwidth: instance.maxBandwidth, pops, preferred: instance.accessPoint }
    const ofCcn = members.get(instance.ccnId) ?? []
    members.set(instance.ccnId, ofCcn)
    for (const device of devices) {
      // Whoever was made to forget its identity has none that could be proved.
      if (!isEnrolled(instance, device.serial)) continue
      ofCcn.push(memberOf(device, pop, around, branchOf(branch, device.serial)))
    }
  }
  const remoteAccess = await findRemoteAccess(db, pop.serial, now)
  for (const { ccn } of remoteAccess) members.set(ccn, members.get(ccn) ?? [])
  const networks = [...ccns]
    .filter(([ccn]) => members.has(ccn))
    .map(([ccn, { number, interworking }]) => ({ ccn, number, interworking, members: members.get(ccn) ?? [] }))
  if (networks.length > mostNetworks || networks.some((network) => network.members.length > mostMembers))
    throw new Error(`There are more networks or members than the point of presence ${pop.serial} can hold.`)
  return {
    address: popAddress(pop.number),
    networks,
    peers: peersOf(pop, pops),
    ...(remoteAccess.length === 0 ? {} : { remoteAccess }),
  }
}

function isEnrolled({ devices }: StoredNetworkInstance, serial: string): boolean {
  return devices.some((device) => device.serial === serial && device.isEnrolled)
}

function branchOf(
  { instance, cidrs, translated, own }: Branch,
  serial: string,
): Pick<PopMember, 'prefixes' | 'routing' | 'standby'> {
  return {
    prefixes: prefixesOf(cidrs, translated, own.get(serial) ?? []),
    routing: instance.routingStrategy,
    ...(isStandby(instance, serial) ? { standby: true } : {}),
  }
}
