import { setTimeout as pause } from 'node:timers/promises'
import type { Machine } from '../../linux/box.ts'
import { sh } from '../bench.ts'
import { untilReached } from '../ping.ts'
import { openWorld, type World } from '../world.ts'
import { openBarePair } from './bare.ts'
import { changeToPing } from './change.ts'
import { type Fleet, type Member, prepareFleet } from './fleet.ts'
import { inTurn, listen } from './throughput.ts'
import { totalOf, type Usage, usageOf } from './usage.ts'

export interface Size {
  readonly gateways: number
  readonly changes: number
  /** Of throughput: how many, and how long each. */
  readonly rounds: number
  readonly seconds: number
  /** How long processor time at rest is looked at. */
  readonly restSeconds: number
}

export interface NetworkFigures {
  /** From the start of all programs of all gateways until the last gateway was reached from the cloud, milliseconds. */
  readonly fleetMs: number
  /** From the call to the first answer from the new block, milliseconds. */
  readonly changeMs: readonly number[]
  /** Mbit/s by round, from a host to a host: through our tunnel, and through strongSwan alone. */
  readonly through: readonly number[]
  readonly bare: readonly number[]
  /** MiB of each gateway with all its programs, by gateway; and of one by program. */
  readonly mebibytes: readonly number[]
  readonly byProgram: Readonly<Record<string, number>>
  /** MiB of a strongSwan alone. */
  readonly bareMebibytes: number
  /** Of one processor, at rest, for each gateway, and of a strongSwan alone. */
  readonly cpuShare: number
  readonly bareCpuShare: number
}

/** Builds a network, measures it beside a strongSwan that was configured by hand, and takes it down. */
export async function measureNetwork(size: Size, say: (text: string) => void): Promise<NetworkFigures> {
  const world = await openWorld()
  let fleet: Fleet | undefined
  try {
    const ccn = await world.addCcn('figures')
    const pop = await world.addPop('pop-one', [{ ccn, network: '10.10.0' }])
    const cloud = pop.hosts[0] as Machine
    fleet = await prepareFleet(world, ccn, size.gateways, 500)
    say(`${size.gateways} gateways are prepared`)
    const fleetMs = await fleet.start(cloud)
    say(`all are reached after ${(fleetMs / 1000).toFixed(1)} s`)
    const bare = await openBarePair(world.bench)
    const member = fleet.members[0] as Member
    const host = await addHost(world, member)
    await untilReached(host, '10.10.0.10')
    const ways = [
      { from: host, to: cloud, address: '10.10.0.10' },
      { from: bare.terminal, to: bare.far, address: bare.address },
    ]
    for (const way of ways) await listen(way)
    const atRest = await measureRest(fleet, bare.gateway, size.restSeconds)
    const [through = [], alone = []] = await inTurn(ways, size.rounds, size.seconds)
    const changeMs: number[] = []
    for (let at = 0; at < size.changes; at++) {
      changeMs.push(await changeToPing(world, member, host, cloud, `172.17.${at}`))
    }
    return { fleetMs, changeMs, through, bare: alone, ...atRest }
  } finally {
    await fleet?.stop()
    await world.close()
  }
}

/** With an address of its own choice: what is measured is not the time of a lease. */
async function addHost({ bench }: World, { lan, network }: Member): Promise<Machine> {
  const host = await bench.machine()
  await bench.plug(host, 'lan', lan)
  await sh(host, `ip addr add ${network}.10/24 dev lan; ip route add default via ${network}.1`)
  return host
}

type Rest = Pick<NetworkFigures, 'mebibytes' | 'byProgram' | 'bareMebibytes' | 'cpuShare' | 'bareCpuShare'>

async function measureRest({ members }: Fleet, bare: Machine, seconds: number): Promise<Rest> {
  const look = (): readonly [readonly Usage[], Usage] => [members.map(({ gateway }) => usageOf(gateway)), usageOf(bare)]
  const cpu = (all: readonly Usage[]): number => all.reduce((sum, { cpuMs }) => sum + cpuMs, 0)
  const [before, bareBefore] = look()
  await pause(seconds * 1000)
  const [after, bareAfter] = look()
  const [first] = after
  return {
    mebibytes: after.map(totalOf),
    byProgram: Object.fromEntries(first?.mebibytes ?? []),
    bareMebibytes: totalOf(bareAfter),
    cpuShare: (cpu(after) - cpu(before)) / members.length / seconds / 1000,
    bareCpuShare: (bareAfter.cpuMs - bareBefore.cpuMs) / seconds / 1000,
  }
}
