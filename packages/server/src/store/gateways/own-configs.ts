import type { BoxConfig } from '@opensag/protocol'
import { firstHost, ipv4ToNumber, numberToIpv4, parseNetwork } from '@opensag/rules'
import { lanFits } from '../../model/box.ts'
import type { DesiredConfig, OwnConfig } from '../../model/desired-config.ts'
import type { Pop } from '../../model/network.ts'
import { pairsOf } from '../../model/pair.ts'
import { wireProbeTask } from '../../model/probe-task.ts'
import { serviceAddressesOf } from '../networks/service-addresses.ts'
import { networksOfInstance } from '../pops/instance-networks.ts'
import { probeTasksOf } from '../probes/probe-tasks.ts'
import type { Reader, Writer } from '../store.ts'
import { boxesOf } from './box-configs.ts'

export interface Around {
  readonly pops: readonly Pop[]
  readonly now: number
}

/**
 * What only one of the gateways of an instance holds, by serial number.
 *
 * @param cidrs the blocks of the instance, in their order
 */
export async function ownConfigs(
  tx: Writer,
  instanceId: string,
  around: Around,
  cidrs: readonly string[],
): Promise<DesiredConfig['own']> {
  return withNetworks(tx, instanceId, around, await givenConfigs(tx, instanceId, cidrs))
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

/** The one a gateway has in its first block, as it plans its port to the branch; undefined: there is no block. */
function ownAddress(cidr: string | undefined, box: BoxConfig | undefined): number | undefined {
  const block = cidr === undefined ? undefined : parseNetwork(cidr)
  if (block === undefined || typeof block === 'string') return undefined
  const set = box?.lan?.find(({ ip, length }) => lanFits(ip, length, [block]))
  return set === undefined ? firstHost(block) : ipv4ToNumber(set.ip)
}

async function givenConfigs(db: Reader, instanceId: string, cidrs: readonly string[]): Promise<DesiredConfig['own']> {
  const own: Record<string, OwnConfig> = {}
  for (const { serial, type, address } of await serviceAddressesOf(db, instanceId)) {
    const given = own[serial] ?? { probeAddresses: [] }
    const ip = numberToIpv4(address)
    own[serial] =
      type === 'RemoteWeb'
        ? { ...given, remoteAccessIp: ip }
        : { ...given, probeAddresses: [...given.probeAddresses, ip] }
  }
  const boxes = await boxesOf(db, instanceId, cidrs)
  for (const [serial, box] of boxes) own[serial] = { probeAddresses: [], ...own[serial], box }
  for (const task of await probeTasksOf(db, instanceId)) {
    const wire = wireProbeTask(task, ownAddress(cidrs[0], boxes.get(task.serial)))
    if (wire === undefined) continue
    const given = own[task.serial] ?? { probeAddresses: [] }
    own[task.serial] = { ...given, probeTasks: [...(given.probeTasks ?? []), wire] }
  }
  return own
}
