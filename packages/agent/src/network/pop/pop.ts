import { mkdir, rm } from 'node:fs/promises'
import { type PopConfig, type Timers, tunnelIdentityOf } from '@opensag/protocol'
import { contains } from '@opensag/rules'
import type { Logger } from 'pino'
import { networkOf } from '../cidr.ts'
import type { Ipsec } from '../ipsec/ipsec.ts'
import { addressMetric } from '../marks.ts'
import { tunnelAddresses } from '../names.ts'
import { wanMtu } from '../wan.ts'
import type { Machine } from './machine.ts'
import { type HeldNetwork, holdNetwork } from './network.ts'
import type { PopSetup } from './setup.ts'
import { type Wanted, type WantedNetwork, wantedBy } from './wanted.ts'

/** A point of presence: the tunnels of its members end here, each cloud connect network in a namespace of its own. */
export interface Pop {
  /**
   * Makes the machine what the server wants; undefined: nothing of it is left but the guard. The same again changes
   * nothing, and a change of one member disturbs no other one.
   * @throws when some of it could not be made; the rest of it is in force, and the next call goes on from there
   */
  apply(config: PopConfig | undefined): Promise<void>
  /** Ends the daemons. Links, routes and rules stay, for the process after this one. */
  close(): Promise<void>
}

export interface PopOptions {
  readonly serial: string
  readonly setup: PopSetup
  readonly ipsec: Pick<Ipsec, 'apply' | 'close'>
  /** For the files of daemons: not on a disk. Made when missing. */
  readonly folder: string
  readonly machine: Machine
  readonly timers: Timers
  readonly logger: Logger
}

/** Takes over what a process before this one has left. */
export async function openPop(options: PopOptions): Promise<Pop> {
  const { serial, setup, ipsec, folder, timers, logger, machine } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const hold = (number: number, isThere: boolean): HeldNetwork =>
    holdNetwork({ number, isThere, machine, folder, timers, logger })
  const networks = new Map((await machine.networks()).map((number) => [number, hold(number, true)]))
  let guard: string | undefined

  async function applyWanted(wanted: Wanted): Promise<void> {
    // Before the first link is there.
    if (guard !== wanted.guard) await machine.system.nft(wanted.guard)
    guard = wanted.guard
    await haveTunnelAddress(machine, wanted.address)

    const problems: unknown[] = []
    const each = async (numbers: Iterable<number>, work: (number: number) => Promise<void>): Promise<void> => {
      // One tenant's trouble is not another's.
      for (const number of numbers) await work(number).catch((error: unknown) => void problems.push(error))
    }
    const wantedNetworks = new Map(wanted.networks.map((network) => [network.number, network]))
    const gone = [...networks.keys()].filter((number) => !wantedNetworks.has(number))
    await each(gone, async (number) => {
      await networks.get(number)?.remove()
      networks.delete(number)
    })
    for (const number of wantedNetworks.keys()) {
      if (!networks.has(number)) networks.set(number, hold(number, false))
    }
    const doing = (work: (network: HeldNetwork, wanted: WantedNetwork) => Promise<void>) => async (number: number) => {
      const [network, wantedNetwork] = [networks.get(number), wantedNetworks.get(number)]
      if (network !== undefined && wantedNetwork !== undefined) await work(network, wantedNetwork)
    }
    await each(
      wantedNetworks.keys(),
      doing((network, one) => network.withdraw(one)),
    )
    await each(
      wantedNetworks.keys(),
      doing((network, one) => network.establish(one)),
    )
    await applyTunnels(wanted)
    if (problems.length > 0)
      throw problems.length === 1 ? problems[0] : new AggregateError(problems, messageOf(problems))
  }

  async function applyTunnels({ address, tunnels }: Wanted): Promise<void> {
    if (address === undefined) return ipsec.apply(undefined)
    const wan = await addressOf(machine, setup.wan)
    await ipsec.apply({ identity: tunnelIdentityOf(serial), address, wan, tunnels })
  }

  return {
    async apply(config) {
      await applyWanted(wantedBy(config, setup, await wanMtu(machine.system, setup.wan)))
    },
    async close() {
      // As long as there are tunnels, BIRD tells its neighbours that it ends, and they go to the other point of presence.
      for (const network of networks.values()) await network.close()
      await ipsec.close()
    },
  }
}

/** Where others reach the machine. @throws when the interface has no address */
export async function addressOf({ system }: Pick<Machine, 'system'>, wan: string): Promise<string> {
  const [address] = await system.addresses(wan)
  if (address === undefined) throw new Error(`${wan} has no IPv4 address, so nobody can reach this machine.`)
  return address
}

/** Takes everything away that a point of presence has made on this machine, also when it is not running. */
export async function removePop(options: Omit<PopOptions, 'serial' | 'setup' | 'ipsec'>): Promise<void> {
  const { folder, timers, logger, machine } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const number of await machine.networks()) {
    await holdNetwork({ number, isThere: true, machine, folder, timers, logger }).remove()
  }
  await haveTunnelAddress(machine, undefined)
  await machine.system.nft('table inet opensag\ndelete table inet opensag\n')
  await rm(folder, { recursive: true, force: true })
}

/** No customer has an address of this range (docs/network.md), so what is there is ours. */
const ours = networkOf(tunnelAddresses)

async function haveTunnelAddress(machine: Machine, wanted: string | undefined): Promise<void> {
  const held = (await machine.system.addresses('lo')).filter(isTunnelAddress)
  await machine.system.ip([
    ...(wanted === undefined || held.includes(wanted) ? [] : [`addr add ${wanted}/32 dev lo metric ${addressMetric}`]),
    ...held.filter((one) => one !== wanted).map((one) => `addr del ${one}/32 dev lo`),
  ])
}

function isTunnelAddress(address: string): boolean {
  return contains(ours, networkOf(`${address}/32`))
}

function messageOf(problems: readonly unknown[]): string {
  return `${problems.length} networks could not be made: ${String(problems[0])}`
}
