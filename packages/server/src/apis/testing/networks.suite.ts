// Support for the tests of operations: puts networks, blocks, leased lines and grants straight into the store.
import { type Cidr, ipv4ToNumber, parseCidrList } from '@opensag/rules'
import { type FlowLog, flowLogDefaults } from '../../model/flow-log.ts'
import { type HealthCheck, healthCheckDefaults } from '../../model/health-check.ts'
import { defaultPackets, type ProbeTask } from '../../model/probe-task.ts'
import { createRepositories, type Repositories, writeUnit } from '../../store/repositories.ts'
import { fresh } from './fresh-ids.suite.ts'
import type { Harness } from './harness-on.suite.ts'
import { accountId, regionId } from './names.suite.ts'

/** What no list of blocks can be is an error; an empty one has none. */
export function cidrsOf(text = ''): readonly Cidr[] {
  const cidrs = text === '' ? [] : parseCidrList(text)
  if (typeof cidrs === 'string') throw new Error(`${text}: ${cidrs}`)
  return cidrs
}

export function ip(text: string): number {
  const number = ipv4ToNumber(text)
  if (number === undefined) throw new Error(`${text} is no address`)
  return number
}

/** Changes things the way operations do, without one. */
export function change<T>({ store, now }: Harness, work: (repositories: Repositories) => Promise<T>): Promise<T> {
  return writeUnit({ store, businessClock: () => now, tellGateways: () => {} }, work)
}

/** A network with no range, unless one is given, in which the members are. */
export async function addCcn(
  world: Harness,
  given: {
    readonly accountId?: string
    readonly regionId?: string
    readonly name?: string
    readonly range?: string
    readonly snatRange?: string
    readonly cenId?: string
    readonly createdAt?: number
  } = {},
  ...members: readonly string[]
): Promise<string> {
  const id = fresh(world, 'ccn-test')
  await change(world, async ({ networks }) => {
    await networks.addCcn({
      id,
      accountId: given.accountId ?? accountId,
      regionId: given.regionId ?? regionId,
      name: given.name,
      description: undefined,
      cidrs: cidrsOf(given.range),
      snatCidrs: cidrsOf(given.snatRange),
      isDefault: false,
      createdAt: given.createdAt ?? world.now,
    })
    if (given.cenId !== undefined) await networks.attachToCen(id, { cenId: given.cenId, ownerId: accountId })
  })
  for (const member of members) await putInto(world, member, id)
  return id
}

/** Gives an instance its blocks, in the network it is in, without asking whether they may be there. */
export async function setBlocks(world: Harness, instanceId: string, blocks: string): Promise<void> {
  await change(world, async ({ fleet, addresses }) => {
    await addresses.replaceCidrs(instanceId, (await fleet.instanceById(instanceId))?.ccnId, cidrsOf(blocks))
  })
}

/** Puts an instance into a network, whatever its state. */
export async function putInto(world: Harness, instanceId: string, ccnId: string): Promise<void> {
  await change(world, ({ networks }) => networks.bind(instanceId, ccnId, world.now))
}

/** Hides a range of the instance behind an address. */
export async function addSnat(world: Harness, instanceId: string, range: string, address: string): Promise<void> {
  const { store, now } = world
  const [cidr] = cidrsOf(range)
  if (cidr === undefined) throw new Error('No range.')
  await store.write(async (tx) => {
    await tx
      .insertInto('snat_entry')
      .values({
        id: fresh(world, 'snat-test'),
        instance_id: instanceId,
        ccn_id: (await createRepositories(tx).fleet.instanceById(instanceId))?.ccnId ?? null,
        cidr: cidr.cidr,
        first: cidr.first,
        last: cidr.last,
        snat_ip: ip(address),
        created_at: now,
      })
      .execute()
  })
}

/** Leads port 80 of TCP at an address, or at the WAN without one, to 192.168.0.9. */
export async function addDnat(world: Harness, instanceId: string, address?: string): Promise<string> {
  const id = fresh(world, 'fwd-test')
  await change(world, async ({ addresses, fleet }) => {
    const entry = {
      id,
      instanceId,
      type: address === undefined ? ('Internet' as const) : ('Intranet' as const),
      protocol: 'tcp' as const,
      externalIp: address === undefined ? undefined : ip(address),
      externalPort: 80,
      internalIp: ip('192.168.0.9'),
      internalPort: 80,
      createdAt: world.now,
    }
    await addresses.addDnatEntry(entry, (await fleet.instanceById(instanceId))?.ccnId)
    await addresses.refreshConfig(instanceId)
  })
  return id
}

/** A flow log to a collector, active, with these instances. */
export async function addFlowLog(
  world: Harness,
  given: Partial<FlowLog> = {},
  ...instances: readonly string[]
): Promise<string> {
  const id = given.id ?? fresh(world, 'fl-test')
  await change(world, async ({ flowLogs }) => {
    const own = { id, accountId, regionId, isActive: true, createdAt: world.now }
    const settings = { ...flowLogDefaults, outputType: 'netflow', serverIp: '192.168.0.2' } as const
    await flowLogs.add({ ...settings, ...own, ...given })
    for (const instance of instances) await flowLogs.setOf(instance, id)
  })
  return id
}

/** A health check of an instance, from 10.1.0.1 to 10.10.0.1. */
export async function addHealthCheck(
  world: Harness,
  instanceId: string,
  given: Partial<HealthCheck> = {},
): Promise<string> {
  const id = given.id ?? fresh(world, 'hc-test')
  const own = { id, instanceId, generation: 1, createdAt: world.now }
  const unset = { description: undefined, sourcePort: undefined, destinationPort: undefined }
  const ends = { name: 'check', source: ip('10.1.0.1'), destination: ip('10.10.0.1') }
  await change(world, ({ healthChecks }) =>
    healthChecks.add({ ...healthCheckDefaults, ...unset, ...ends, ...own, ...given }),
  )
  return id
}

/** A probe task of a device: ICMP to 10.10.0.1 inside the network. */
export async function addProbeTask(
  world: Harness,
  instanceId: string,
  serial: string,
  given: Partial<ProbeTask> = {},
): Promise<string> {
  const id = given.id ?? fresh(world, 'probe-test')
  const own = { id, instanceId, serial, generation: 1, createdAt: world.now, modifiedAt: world.now }
  const target = {
    type: 'Intranet',
    protocol: 'ICMP',
    domain: '10.10.0.1',
    port: undefined,
    source: undefined,
  } as const
  const task = { name: undefined, packets: defaultPackets, isEnabled: true }
  await change(world, ({ probeTasks }) => probeTasks.add({ ...task, ...target, ...own, ...given }))
  return id
}

/** A VBR that speaks BGP, in no CEN unless one is given; backed up by `instanceId` if there is one. */
export async function addVbr(
  world: Harness,
  given: {
    readonly accountId?: string
    readonly regionId?: string
    readonly cenId?: string
    readonly bgp?: boolean
    readonly routes?: string
    readonly instanceId?: string
  } = {},
): Promise<string> {
  const id = fresh(world, 'vbr-test')
  await change(world, async ({ networks }) => {
    await networks.addVbr({
      id,
      accountId: given.accountId ?? accountId,
      regionId: given.regionId ?? regionId,
      cenId: given.cenId,
      bgp: given.bgp ?? true,
      routes: cidrsOf(given.routes),
    })
    if (given.instanceId !== undefined) await networks.bindVbr(id, given.instanceId, world.now)
  })
  return id
}

/** The owner of the instance lets the network bind it. */
export async function grant(world: Harness, instanceId: string, ccnId: string): Promise<void> {
  await change(world, async ({ networks }) => {
    await networks.grant({
      id: fresh(world, 'sgc-test'),
      instanceId,
      ccnId,
      ccnAccountId: (await networks.ccn(ccnId))?.accountId ?? accountId,
      trafficService: false,
      createdAt: world.now,
    })
  })
}

/** The owner of the network lets that account's CEN take it up. */
export async function grantToCen(world: Harness, ccnId: string, cenId: string, cenAccountId: string): Promise<void> {
  await change(world, ({ networks }) =>
    networks.grantToCen({
      id: fresh(world, 'grant-test'),
      ccnId,
      cenId,
      cenAccountId,
      trafficService: false,
      createdAt: world.now,
    }),
  )
}

/** The owner of the instance lets it back up that account's line. */
export async function grantToVbr(
  world: Harness,
  instanceId: string,
  vbrId: string,
  vbrAccountId: string,
): Promise<void> {
  await change(world, async ({ networks }) => {
    await networks.grantToVbr({
      id: fresh(world, 'sgv-test'),
      instanceId,
      vbrId,
      vbrRegionId: regionId,
      vbrAccountId,
      createdAt: world.now,
    })
  })
}

/** The network an instance is in. */
export async function ccnOf({ fleet }: Harness, instanceId: string): Promise<string | undefined> {
  return (await fleet.instanceById(instanceId))?.ccnId
}
