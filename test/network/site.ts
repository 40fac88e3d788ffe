import type { Machine } from '../linux/box.ts'
import { state } from '../linux/fault-world.ts'
import { program } from '../linux/service.ts'
import { until } from '../support/time.ts'
import { sh } from './bench.ts'
import { type Branch, openWorld, type PopOfWorld, type World } from './world.ts'

/** Two customers with equal addresses: one has two branches, the other one; each has a cloud. */
export interface Site {
  readonly world: World
  readonly pop: PopOfWorld
  readonly first: string
  /** Of `first`: 172.16.1.0/24 and 172.16.2.0/24. */
  readonly one: Branch
  readonly two: Branch
  /** In a network of its own, with the addresses of `one`. */
  readonly stranger: Branch
  /** The hosts of the two clouds, both with the address `cloud`. */
  readonly cloudOfFirst: Machine
  readonly cloudOfStranger: Machine
}

export const cloud = '10.10.0.10'

export async function openSite(): Promise<Site> {
  const world = await openWorld()
  try {
    const first = await world.addCcn('first')
    const second = await world.addCcn('second')
    const pop = await world.addPop('pop-one', [
      { ccn: first, network: '10.10.0' },
      { ccn: second, network: '10.10.0' },
    ])
    const one = await world.addBranch('sag-one', '172.16.1.0/24', first)
    const two = await world.addBranch('sag-two', '172.16.2.0/24', first)
    const stranger = await world.addBranch('sag-stranger', '172.16.1.0/24', second, { MaxBandWidth: '10' })
    const [cloudOfFirst, cloudOfStranger] = pop.hosts as [Machine, Machine]
    return { world, pop, first, one, two, stranger, cloudOfFirst, cloudOfStranger }
  } catch (error) {
    await world.close()
    throw error
  }
}

/** How many pings have come to a machine since it was started. */
export async function echoes(machine: Machine): Promise<number> {
  const [names = '', values = ''] = (await sh(machine, 'grep ^Icmp: /proc/net/snmp')).split('\n')
  return Number(values.split(' ')[names.split(' ').indexOf('InEchos')])
}

/** Asks a gateway itself how it is. */
export const askAgent = `${process.execPath} ${program} agent status --data ${state}`

/** What a gateway says of itself, whoever else is away. */
export async function statusOf({ gateway }: Pick<Branch, 'gateway'>) {
  return JSON.parse(await sh(gateway, `${askAgent} --json`))
}

/** The address of a branch's terminal, once it has one of the block that begins so. */
export async function addressIn({ serial, terminal }: Branch, beginning: string): Promise<string> {
  return until(`${serial} has an address ${beginning}`, () => terminal.addressIn(beginning))
}

/** Everything in every routing table of a machine, those of its network namespaces too. */
export async function routesOf(machine: Machine): Promise<string> {
  return sh(
    machine,
    `ip route show table all; for n in $(ip netns list | cut -d' ' -f1); do ip -n "$n" route show table all; done`,
  )
}
