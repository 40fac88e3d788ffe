import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createMutex, type Timers, type WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import { runBy } from '../../run-command.ts'
import { textIfThere } from '../../text-file.ts'
import { openConfiguredDaemon } from '../configured-daemon.ts'
import type { Daemon } from '../daemon.ts'
import { addressMetric } from '../marks.ts'
import { entering, type System } from '../system.ts'
import type { KernelAddress } from './kernel-state.ts'
import { addressesOf } from './observe.ts'
import type { PairPlan } from './pair-plan.ts'
import { keepPairWeight } from './pair-weight.ts'
import type { GatewayPlan } from './plan.ts'
import { addressesIn, renderKeepalived } from './render-keepalived.ts'

/** The addresses of a branch that two gateways share (docs/network.md, "A pair"). */
export interface Pair {
  /** Takes from the machine what keepalived has put there and the plan has no more. Before anything else of the plan is made. */
  leave(plan: Pick<GatewayPlan, 'pair'>): Promise<void>
  /** Has keepalived run as the plan says. When everything else of it is made. */
  join(plan: Pick<GatewayPlan, 'pair' | 'lan'>): Promise<void>
  /** Undefined: it is alone. */
  state(): PairState | undefined
  /** The addresses have come, or gone. */
  onChange(listener: () => void): void
  /** Whether it can carry its branch may be otherwise. */
  look(): void
  /** Ends keepalived, which takes the addresses off: the other gateway has them at once. */
  close(): Promise<void>
  /** As {@link Pair.close}, also of a process before this one; nothing of it is left. */
  remove(): Promise<void>
}

export interface PairState {
  /** The addresses of the branch are here. */
  readonly isActive: boolean
  /** Milliseconds since 1970. */
  readonly since: number
}

export interface PairOptions {
  /** For its files; it exists and is not on a disk. */
  readonly folder: string
  readonly system: System
  readonly canCarry: () => boolean
  readonly timers: Timers
  readonly wallClock: WallClock
  readonly logger: Logger
}

const name = 'keepalived'
const weight = 'ha.weight'
const watchMs = 500
/** So often within that time keepalived may end before it is taken for one that cannot run. */
const [mostEndings, withinMs] = [3, 5_000]

/** Does nothing yet. */
export function openPair({ folder, system, canCarry, timers, wallClock, logger }: PairOptions): Pair {
  const file = join(folder, weight)
  const listeners: (() => void)[] = []
  const exclusive = createMutex()
  const inside = entering(system.namespace)
  const problem = (err: unknown): void => logger.error({ daemon: name, err }, 'The pair could not be kept in order.')
  const keeper = keepPairWeight({ canCarry, file, timers, problem })
  let endings: readonly number[] = []
  let current: { readonly lan: string; readonly pair: PairPlan } | undefined
  let state: PairState | undefined
  let cancelWatch = (): void => {}

  const daemon = openConfiguredDaemon({
    name,
    folder,
    mode: 0o644,
    check: (conf) => runBy(inside, [name, '--config-test', '-f', conf]),
    command: (conf) => runBy(inside, [name, '-n', '-P', '-G', ...pidFiles(folder), '-f', conf]),
    leftOver: (isSame) => (isSame ? 'adopt' : 'replace'),
    async reconfigure(running, isFresh) {
      if (isFresh) watchEndings(running)
      // It keeps the addresses meanwhile that it has both before and after.
      else running.reread()
    },
    keeps: ['main', 'vrrp'],
    timers,
    logger,
  })

  /** A keepalived that is dead takes nothing off, and the other gateway has the addresses by then. */
  function watchEndings(running: Daemon): void {
    running.onEnded(() => {
      const now = timers.now()
      endings = [...endings.filter((at) => now - at < withinMs), now]
      if (endings.length < mostEndings) return
      logger.error(
        { daemon: name },
        'keepalived does not run: the addresses of the branch are left to the other gateway.',
      )
      exclusive(async () => takeOff(await held())).catch(problem)
    })
  }

  /** What it has put, or would. */
  async function held(): Promise<readonly KernelAddress[]> {
    return addressesIn((await textIfThere(join(folder, `${name}.conf`))) ?? '')
  }

  /** Those that are there and not the gateway's own. */
  async function takeOff(addresses: readonly KernelAddress[]): Promise<void> {
    if (addresses.length === 0) return
    await system.ip(
      (await addressesOf(system))
        .filter(({ metric }) => metric !== addressMetric)
        .filter((one) => addresses.some(({ dev, address }) => dev === one.dev && address === one.address))
        .map(({ dev, address }) => `address del ${address} dev ${dev}`),
    )
  }

  async function removeAll(): Promise<void> {
    const had = await held()
    await daemon.remove()
    await takeOff(had)
    await rm(file, { force: true })
  }

  function end(): void {
    cancelWatch()
    keeper.close()
    current = undefined
    if (state === undefined) return
    state = undefined
    for (const listener of listeners) listener()
  }

  function watchLater(): void {
    cancelWatch()
    cancelWatch = timers.after(watchMs, () => void watch().catch(problem).finally(watchLater))
  }

  async function watch(): Promise<void> {
    if (current === undefined) return
    const { lan, pair } = current
    const isActive = (await system.addresses(lan)).includes(pair.mark.replace(/\/.*/, ''))
    if (current?.pair !== pair || state?.isActive === isActive) return
    state = { isActive, since: wallClock() }
    logger.info(
      { isActive },
      isActive ? 'The addresses of the branch are here.' : 'The other gateway has the addresses.',
    )
    for (const listener of listeners) listener()
  }

  return {
    leave: ({ pair }) =>
      exclusive(async () => {
        if (pair === undefined) {
          end()
          await removeAll()
          return
        }
        const stays = [pair.mark, ...pair.shared, ...(pair.virtual === undefined ? [] : [pair.virtual.address])]
        await takeOff((await held()).filter(({ address }) => !stays.includes(address)))
      }),
    join: ({ pair, lan }) =>
      exclusive(async () => {
        if (pair === undefined) return
        await keeper.look()
        await daemon.configure(renderKeepalived(lan, pair, file))
        current = { lan, pair }
        await watch()
        watchLater()
      }),
    state: () => state,
    onChange: (listener) => void listeners.push(listener),
    look() {
      if (current !== undefined) keeper.look().catch(problem)
    },
    close: () =>
      exclusive(async () => {
        end()
        await daemon.close()
      }),
    remove: () =>
      exclusive(async () => {
        end()
        await removeAll()
      }),
  }
}

/** Its own, which it looks at so that it runs once. */
function pidFiles(folder: string): readonly string[] {
  return ['-p', join(folder, `${name}.main`), '-r', join(folder, `${name}.vrrp`)]
}
