import { numberToIpv4 } from '@opensag/rules'
import type { DesiredConfig, OwnConfig } from '../../model/desired-config.ts'
import type { Pop } from '../../model/network.ts'
import { pairsOf } from '../../model/pair.ts'
import { wireProbeTask } from '../../model/probe-task.ts'
import { serviceAddressesOf } from '../networks/service-addresses.ts'
import { networksOfInstance } from '../pops/instance-networks.ts'
import { probeTasksOf } from '../probes/probe-tasks.ts'
import type { Reader, Writer } from '../store.ts'
import { withBoxes } from './box-configs.ts'

export interface Around {
  readonly pops: readonly Pop[]
  readonly now: number
}

interface Block {
  readonly cidr: string
  readonly first: number
  readonly last: number
}

/**
 * What only one of the gateways of an instance holds, by serial number.
 *
 * @param blocks of the instance, in their order
 */
export async function ownConfigs(
  tx: Writer,
  instanceId: string,
  around: Around,
  blocks: readonly Block[],
): Promise<DesiredConfig['own']> {
  const given = await givenConfigs(tx, instanceId, ownAddress(blocks[0]))
  const cidrs = blocks.map(({ cidr }) => cidr)
  return withNetworks(tx, instanceId, around, await withBoxes(tx, instanceId, cidrs, given))
}

async function withNetworks(
  tx: Writer,
  instanceId: string,
  around: Around,
  given: DesiredConfig['own'],
): Promise<DesiredConfig['own']> {
  if (around.pops.length === 0) return given
  const own: Record<string, OwnConfig> = { ...given }
  const devices = await tx
    .selectFrom('device')
    .select(['serial', 'role'])
    .where('instance_id', '=', instanceId)
    .orderBy('serial')
    .execute()
  for (const [serial, network] of await networksOfInstance(tx, instanceId, around)) {
    own[serial] = { probeAddresses: [], ...own[serial], network }
  }
  for (const [serial, pair] of pairsOf({ id: instanceId, devices }, around.pops)) {
    own[serial] = { probeAddresses: [], ...own[serial], pair }
  }
  return own
}

/** The one a gateway has in a block: the first that a host can have. */
function ownAddress(block: Block | undefined): number | undefined {
  if (block === undefined) return undefined
  return block.last - block.first > 1 ? block.first + 1 : block.first
}

async function givenConfigs(
  db: Reader,
  instanceId: string,
  address: number | undefined,
): Promise<DesiredConfig['own']> {
  const own: Record<string, OwnConfig> = {}
  for (const { serial, type, address } of await serviceAddressesOf(db, instanceId)) {
    const given = own[serial] ?? { probeAddresses: [] }
    const ip = numberToIpv4(address)
    own[serial] =
      type === 'RemoteWeb'
        ? { ...given, remoteAccessIp: ip }
        : { ...given, probeAddresses: [...given.probeAddresses, ip] }
  }
  for (const task of await probeTasksOf(db, instanceId)) {
    const wire = wireProbeTask(task, address)
    if (wire === undefined) continue
    const given = own[task.serial] ?? { probeAddresses: [] }
    own[task.serial] = { ...given, probeTasks: [...(given.probeTasks ?? []), wire] }
  }
  return own
}
