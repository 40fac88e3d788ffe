import { mkdir, rm } from 'node:fs/promises'
import { createMutex, type PopConfig, type Timers, tunnelIdentityOf } from '@opensag/protocol'
import { contains } from '@opensag/rules'
import type { Logger } from 'pino'
import { networkOf } from '../cidr.ts'
import type { Ipsec } from '../ipsec/ipsec.ts'
import { addressMetric } from '../marks.ts'
import { tunnelAddresses } from '../names.ts'
import { hasOwnTable, ownTable } from '../own-table.ts'
import { wanAddress, wanMtu } from '../wan.ts'
import type { Machine } from './machine.ts'
import { type HeldNetwork, holdNetwork } from './network.ts'
import type { PopSetup } from './setup.ts'
import { createWantedBy, type Wanted, type WantedNetwork } from './wanted.ts'

/** A point of presence: the tunnels of its members end here, each cloud connect network in a namespace of its own. */
export interface Pop {
  /**
   * Makes the machine what the server wants; undefined: nothing of it is left but the guard. The same again changes
   * nothing, and a change of one member disturbs no other one. Tunnels wait for an address of the machine.
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
  /** Called when the machine has another address, or one at last. */
  readonly onAddress?: () => Promise<void>
  /** For the files of daemons: not on a disk. Made when missing. */
  readonly folder: string
  readonly machine: Machine
  readonly timers: Timers
  readonly logger: Logger
}

/** How often it looks for another address, and for interfaces it waits for; and how often at everything. */
const lookEveryMs = 2_000
const mendEveryMs = 60_000
/** Each is some processes: a machine of a thousand networks is busy with something else. */
const mendedAtOnce = 4

/** Takes over what a process before this one has left. From then on it mends what others take away. */
export async function openPop(options: PopOptions): Promise<Pop> {
  const { serial, setup, ipsec, folder, timers, logger, machine } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const hold = (number: number, isThere: boolean): HeldNetwork =>
    holdNetwork({ number, isThere, machine, folder, timers, logger })
  const networks = new Map((await machine.networks()).map((number) => [number, hold(number, true)]))
  const exclusive = createMutex()
  const wantedBy = createWantedBy()
  let guard: string | undefined
  /** What was asked for last; undefined: nothing yet. */
  let asked: { readonly config: PopConfig | undefined; readonly mtu: number; readonly wanted: Wanted } | undefined
  /** The address that tunnels end at. */
  let wan: string | undefined
  let isWaiting = false
  /** The networks that are still to be looked at, and when that began. */
  let due: readonly number[] = []
  /** Those that could not be made. They are tried again at the next look, and then as all are looked at. */
  const failed = new Set<number>()
  let roundAt = timers.now()
  let cancelLook = (): void => {}
  let isClosed = false

  async function put(config: PopConfig | undefined): Promise<void> {
    const mtu = await wanMtu(machine.system, setup.wan)
    const wanted = wantedBy(config, setup, mtu)
    asked = { config, mtu, wanted }
    await applyWanted(wanted)
  }

  /** Before the first link is there. */
  async function haveFoundation(wanted: Wanted): Promise<void> {
    if (guard !== wanted.guard) await machine.system.nft(wanted.guard)
    guard = wanted.guard
    await haveTunnelAddress(machine, wanted.address)
  }

  async function applyWanted(wanted: Wanted): Promise<void> {
    await haveFoundation(wanted)
    failed.clear()
    const problems: unknown[] = []
    const each = async (numbers: Iterable<number>, work: (number: number) => Promise<void>): Promise<void> => {
      // One tenant's trouble is not another's.
      for (const number of numbers) {
        await work(number).catch((error: unknown) => {
          problems.push(error)
          retry(number)
        })
      }
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
    const found = await wanAddress(machine.system, setup.wan)
    // Without one those there are may come back, and those that are not wanted any more go.
    const from = found ?? wan
    if (address === undefined) await ipsec.apply(undefined)
    else if (from !== undefined) await ipsec.apply({ identity: tunnelIdentityOf(serial), address, wan: from, tunnels })
    const isOther = from !== wan
    wan = from
    if (found === undefined && !isWaiting) {
      logger.warn({ interface: setup.wan }, 'The interface has no IPv4 address: tunnels wait for one.')
    }
    isWaiting = found === undefined
    if (isOther) await options.onAddress?.()
  }

  async function look(): Promise<void> {
    if (asked === undefined) return
    if (timers.now() - roundAt >= mendEveryMs && due.length === 0) await beginRound(asked)
    const { wanted } = asked
    const found = await wanAddress(machine.system, setup.wan)
    if (found === undefined ? !isWaiting : isWaiting || found !== wan) await applyTunnels(wanted)
    await findMissing()
    const byNumber = new Map(wanted.networks.map((network) => [network.number, network]))
    const problems: unknown[] = []
    const now = due.slice(0, mendedAtOnce)
    due = due.slice(mendedAtOnce)
    for (const number of now) {
      const network = byNumber.get(number)
      if (network === undefined) continue
      try {
        await networks.get(number)?.mend(network)
        failed.delete(number)
      } catch (error) {
        problems.push(error)
        retry(number)
      }
    }
    if (problems.length > 0) throw problems[0]
  }

  function retry(number: number): void {
    if (!failed.has(number)) due = [number, ...due]
    failed.add(number)
  }

  async function beginRound({ config, mtu, wanted }: NonNullable<typeof asked>): Promise<void> {
    roundAt = timers.now()
    due = [...networks.keys()]
    if (!(await hasOwnTable(machine.system))) guard = undefined
    if ((await wanMtu(machine.system, setup.wan)) === mtu) await haveFoundation(wanted)
    else await put(config)
  }

  /** Networks whose interfaces have come are next. */
  async function findMissing(): Promise<void> {
    const waiting = [...networks].filter(([, network]) => network.missing().length > 0)
    if (waiting.length === 0) return
    const there = await machine.interfaces()
    const found = waiting.filter(([, network]) => network.missing().some((name) => there.includes(name)))
    const numbers = found.map(([number]) => number)
    due = [...numbers, ...due.filter((number) => !numbers.includes(number))]
  }

  function lookLater(): void {
    if (isClosed) return
    cancelLook = timers.after(lookEveryMs, () => {
      exclusive(look)
        .catch((error: unknown) => logger.error({ err: error }, 'The network could not be put in order.'))
        .finally(lookLater)
    })
  }

  lookLater()
  return {
    apply: (config) => exclusive(() => put(config)),
    async close() {
      isClosed = true
      cancelLook()
      await exclusive(async () => undefined)
      // As long as there are tunnels, BIRD tells its neighbours that it ends, and they go to the other point of presence.
      for (const network of networks.values()) await network.close()
      await ipsec.close()
    },
  }
}

/** Takes everything away that a point of presence has made on this machine, also when it is not running. */
export async function removePop(options: Omit<PopOptions, 'serial' | 'setup' | 'ipsec'>): Promise<void> {
  const { folder, timers, logger, machine } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const number of await machine.networks()) {
    await holdNetwork({ number, isThere: true, machine, folder, timers, logger }).remove()
  }
  await haveTunnelAddress(machine, undefined)
  await machine.system.nft(`table inet ${ownTable}\ndelete table inet ${ownTable}\n`)
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
