import type { Random, Timers, WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Leaf } from './credentials.ts'
import type { Definition } from './definition.ts'
import { initiate } from './initiate.ts'
import type { TunnelState } from './ipsec.ts'
import { listedConnections } from './sa-list.ts'
import { createSas, type Sas, saEvents } from './sas.ts'
import { type Attempts, afterAttempt, type Plan, planTunnels, soundMs } from './tunnel-plan.ts'
import type { Vici } from './vici.ts'

/** Makes charon carry the tunnels that are wanted, whatever happens to it and to them. */
export interface Tunnels {
  /** Resolves when charon has taken them. @throws when it did not */
  want(definitions: readonly Definition[]): Promise<void>
  prove(leaf: Leaf): void
  connected(vici: Vici): void
  lost(): void
  states(): readonly TunnelState[]
  close(): void
}

export interface TunnelsOptions {
  /** Another connection to charon, for what takes its time. */
  connect(): Promise<Vici>
  onChange(): void
  readonly timers: Timers
  readonly wallClock: WallClock
  readonly random: Random
  readonly logger: Logger
}

/** Nothing is missed that charon tells; if it were, it is found out that late. */
const sweepMs = 60_000
const againMs = 1_000
const charonMs = 30_000

/** What is known of one charon. */
interface Session {
  readonly vici: Vici
  readonly sas: Sas
  readonly loaded: Map<string, string>
  leaf: number | undefined
  isLookedAt: boolean
}

interface Waiter {
  resolve(): void
  reject(error: unknown): void
}

interface State {
  readonly isUp: boolean
  readonly since: number
  /** On the clock of timers. */
  readonly upAt: number | undefined
}

export function createTunnels(options: TunnelsOptions): Tunnels {
  const { timers, wallClock, random, logger } = options
  const attempts = new Map<string, Attempts>()
  let states = new Map<string, State>()
  let wanted: readonly Definition[] = []
  let leaf: Leaf | undefined
  let session: Session | undefined
  let isClosed = false
  let isLooking = false
  let isStale = false
  let cancelWake = (): void => {}
  let waiters: readonly Waiter[] = []
  let sweptAt = timers.now()

  /** One after the other; what comes meanwhile is seen to by one more. */
  function look(): void {
    if (isClosed) return
    isStale = true
    if (!isLooking) void passes()
  }

  async function passes(): Promise<void> {
    isLooking = true
    while (isStale && !isClosed) {
      isStale = false
      cancelWake()
      let wakeInMs = sweepMs
      const served = waiters
      waiters = []
      const current = session
      try {
        if (current !== undefined) wakeInMs = Math.min(sweepMs, (await onePass(current)) ?? sweepMs)
        if (current === undefined) waiters = [...waiters, ...served]
        else for (const waiter of served) waiter.resolve()
      } catch (err) {
        // The next charon takes it.
        if (session !== current) waiters = [...waiters, ...served]
        else {
          logger.warn({ err }, 'strongSwan did not do what it was told; it is told again.')
          for (const waiter of served) waiter.reject(err)
        }
        wakeInMs = againMs
      }
      if (!isClosed) cancelWake = timers.after(Math.max(0, wakeInMs), wake)
    }
    isLooking = false
  }

  function wake(): void {
    if (timers.now() - sweptAt >= sweepMs) {
      sweptAt = timers.now()
      session?.sas.doubt()
    }
    look()
  }

  async function onePass(current: Session): Promise<number | undefined> {
    if (!current.isLookedAt) await lookAt(current)
    if (leaf !== undefined && current.leaf !== leaf.number) await loadLeaf(current, leaf)
    const identityOf = new Map(wanted.map(({ name, identity }) => [name, identity]))
    await current.sas.read(current.vici, current.leaf ?? 0, (name) => identityOf.get(name))
    tellStates(current.sas)
    const plan = planTunnels({
      wanted,
      loaded: current.loaded,
      sas: current.sas.all(),
      leaf: current.leaf,
      attempts,
      wallNow: wallClock(),
      now: timers.now(),
    })
    await carryOut(plan, current)
    return plan.wakeInMs
  }

  /** It may be the charon of a process before this one, with tunnels that serve. */
  async function lookAt(current: Session): Promise<void> {
    const { vici, loaded, sas } = current
    for (const event of saEvents) {
      await vici.subscribe(event, (message) => {
        sas.heard(event, message)
        look()
      })
    }
    for (const event of await vici.list('list-conns', 'list-conn'))
      for (const [name, child] of listedConnections(event)) loaded.set(name, child)
    current.isLookedAt = true
  }

  async function loadLeaf(current: Session, { number, key, certificate, authority }: Leaf): Promise<void> {
    const { vici } = current
    // In one go: in between charon can prove nothing. Those before are gone with it, also an authority that is no more.
    await Promise.all([
      vici.request('clear-creds'),
      vici.request('load-cert', { type: 'X509', flag: 'CA', data: authority }),
      vici.request('load-cert', { type: 'X509', flag: 'NONE', data: certificate }),
      vici.request('load-key', { type: 'any', data: key }),
    ])
    current.leaf = number
    for (const name of attempts.keys()) forgive(name)
  }

  async function carryOut(plan: Plan, { vici, loaded }: Session): Promise<void> {
    for (const name of plan.unload) {
      await vici.request('unload-conn', { name })
      loaded.delete(name)
      attempts.delete(name)
    }
    const refusals: unknown[] = []
    for (const { name, child, connection } of plan.load) {
      try {
        await vici.request('load-conn', connection)
        loaded.set(name, child)
        forgive(name)
      } catch (error) {
        refusals.push(error)
      }
    }
    for (const id of plan.terminate) await end(vici, id)
    for (const definition of plan.initiate) void begin(definition)
    if (refusals.length > 0) throw refusals[0]
  }

  /** What failed so far says nothing of the next attempt. */
  function forgive(name: string): void {
    const isRunning = attempts.get(name)?.isRunning === true
    if (isRunning) attempts.set(name, { failures: 0, notBefore: timers.now(), isRunning })
    else attempts.delete(name)
  }

  /** At once: the peer is told, and its answer not waited for. */
  async function end(vici: Vici, id: string): Promise<void> {
    try {
      await vici.request('terminate', { 'ike-id': id, force: 'yes', timeout: '-1' })
    } catch (error) {
      // It has ended by itself meanwhile; what charon lists next shows it.
      logger.debug({ id, err: error }, 'A tunnel was not there any more when it was to be ended.')
    }
  }

  async function begin({ name, child }: Definition): Promise<void> {
    attempts.set(name, afterAttempt(attempts.get(name), timers.now(), random(4).readUInt32BE() / 2 ** 32))
    try {
      await initiate(options.connect, name, child)
    } catch (error) {
      logger.info({ tunnel: name, reason: (error as Error).message }, 'A tunnel does not come up yet.')
    }
    // charon's answer may be here before the event that says the same.
    session?.sas.doubt(name)
    const attempt = attempts.get(name)
    if (attempt !== undefined) attempts.set(name, { ...attempt, isRunning: false })
    look()
  }

  function tellStates(sas: Sas | undefined): void {
    const up = new Set(sas?.all().flatMap((sa) => (sa.isUp ? [sa.name] : [])))
    const before = states
    states = new Map(wanted.map(({ name }) => [name, next(before.get(name), up.has(name))]))
    let hasChanged = false
    for (const [name, { isUp }] of states) {
      const was = before.get(name)
      if (was?.isUp === isUp) continue
      if (was !== undefined || isUp) logger.info({ tunnel: name }, isUp ? 'A tunnel is up.' : 'A tunnel is down.')
      if (was?.upAt !== undefined && timers.now() - was.upAt >= soundMs) forgive(name)
      hasChanged = true
    }
    if (hasChanged) options.onChange()
  }

  function next(was: State | undefined, isUp: boolean): State {
    if (was?.isUp === isUp) return was
    return { isUp, since: wallClock(), upAt: isUp ? timers.now() : undefined }
  }

  return {
    want(definitions) {
      wanted = definitions
      tellStates(session?.sas)
      return new Promise((resolve, reject) => {
        const cancel = timers.after(charonMs, () =>
          reject(new Error('strongSwan, which carries the tunnels, does not run.')),
        )
        const waiter: Waiter = {
          resolve() {
            cancel()
            resolve()
          },
          reject(error) {
            cancel()
            reject(error)
          },
        }
        waiters = [...waiters, waiter]
        look()
      })
    },
    prove(newLeaf) {
      leaf = newLeaf
      look()
    },
    connected(vici) {
      session = { vici, sas: createSas(wallClock), loaded: new Map(), leaf: undefined, isLookedAt: false }
      look()
    },
    lost() {
      session = undefined
      tellStates(undefined)
    },
    states: () =>
      wanted.map(({ name }) => ({ name, isUp: states.get(name)?.isUp ?? false, since: states.get(name)?.since ?? 0 })),
    close() {
      isClosed = true
      cancelWake()
    },
  }
}
