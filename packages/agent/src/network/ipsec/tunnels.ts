import type { Random, Timers, WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Leaf } from './credentials.ts'
import type { Definition } from './definition.ts'
import { initiate } from './initiate.ts'
import type { TunnelState } from './ipsec.ts'
import { listedConnections } from './sa-list.ts'
import { createSas, type Sas, saEvents } from './sas.ts'
import { type Attempts, afterAttempt, type Plan, planTunnels, soundMs } from './tunnel-plan.ts'
import { createTunnelStates } from './tunnel-states.ts'
import type { Vici } from './vici.ts'

/** Makes charon carry the tunnels that are wanted, whatever happens to it and to them. */
export interface Tunnels {
  /** Resolves when charon has taken them. @throws when it did not, or is not there for half a minute */
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
const firstAgainMs = 1_000
const charonMs = 30_000

/** What is known of one charon. */
interface Session {
  readonly vici: Vici
  readonly sas: Sas
  readonly loaded: Map<string, string>
  leaf: number | undefined
  isLookedAt: boolean
}

/** One who wants to know that charon has taken what is wanted. */
interface Waiter {
  resolve(): void
  reject(error: unknown): void
}

export function createTunnels(options: TunnelsOptions): Tunnels {
  const { timers, wallClock, random, logger } = options
  const attempts = new Map<string, Attempts>()
  const states = createTunnelStates(wallClock)
  let wanted: readonly Definition[] = []
  let leaf: Leaf | undefined
  let session: Session | undefined
  let waiters: readonly Waiter[] = []
  let isClosed = false
  let isLooking = false
  let isStale = false
  let againMs = firstAgainMs
  let sweptAt = timers.now()
  let cancelWake = (): void => {}

  /** One after the other; what comes meanwhile is seen to by one more. */
  function look(): void {
    isStale = true
    if (!isLooking) void passes()
  }

  async function passes(): Promise<void> {
    isLooking = true
    while (isStale && !isClosed && session !== undefined) {
      isStale = false
      cancelWake()
      const wakeInMs = await pass(session)
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

  /** Answers when the next one is due, if nothing happens before. */
  async function pass(current: Session): Promise<number> {
    const served = waiters
    waiters = []
    try {
      const plan = await nextPlan(current)
      await carryOut(plan, current)
      for (const waiter of served) waiter.resolve()
      againMs = firstAgainMs
      return Math.min(sweepMs, plan.wakeInMs ?? sweepMs)
    } catch (err) {
      // The next charon is told all of it, for which those who wait go on waiting.
      if (session !== current) {
        waiters = [...waiters, ...served]
        return sweepMs
      }
      logger.warn({ err }, 'strongSwan did not do what it was told; it is told again.')
      for (const waiter of served) waiter.reject(err)
      againMs = Math.min(2 * againMs, sweepMs)
      return againMs / 2
    }
  }

  async function nextPlan(current: Session): Promise<Plan> {
    const { vici, sas, loaded } = current
    if (!current.isLookedAt) await lookAt(current)
    if (leaf !== undefined && current.leaf !== leaf.number) await loadLeaf(current, leaf)
    const identities = new Map(wanted.map(({ name, identity }) => [name, identity]))
    await sas.read(vici, current.leaf ?? 0, (name) => identities.get(name))
    if (session === current) tellStates()
    const known = { wanted, loaded, sas: sas.all(), leaf: current.leaf, attempts }
    return planTunnels({ ...known, wallNow: wallClock(), now: timers.now() })
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

  /** At once: the peer is told, and its answer not waited for. */
  async function end(vici: Vici, id: string): Promise<void> {
    try {
      await vici.request('terminate', { 'ike-id': id, force: 'yes', timeout: '-1' })
    } catch (err) {
      // It has ended by itself meanwhile; what charon lists next shows it.
      logger.debug({ id, err }, 'A tunnel was not there any more when it was to be ended.')
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

  /** What failed so far says nothing of the next attempt. */
  function forgive(name: string): void {
    const isRunning = attempts.get(name)?.isRunning === true
    if (isRunning) attempts.set(name, { failures: 0, notBefore: timers.now(), isRunning })
    else attempts.delete(name)
  }

  function tellStates(): void {
    const up = session?.sas.all().flatMap(({ name, isUp }) => (isUp ? [name] : []))
    const changes = states.update(
      wanted.map(({ name }) => name),
      new Set(up),
    )
    for (const { name, isUp, afterMs } of changes) {
      if (isUp !== undefined) logger.info({ tunnel: name }, isUp ? 'A tunnel is up.' : 'A tunnel is down.')
      if (isUp === false && afterMs >= soundMs) forgive(name)
    }
    if (changes.length > 0) options.onChange()
  }

  /** Rejects also when there is no charon that could take it. */
  function taken(): Promise<void> {
    return new Promise((resolve, reject) => {
      let cancel = awaitCharon()
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

      function awaitCharon(): () => void {
        return timers.after(charonMs, () => {
          if (session !== undefined) {
            cancel = awaitCharon()
            return
          }
          waiters = waiters.filter((one) => one !== waiter)
          reject(new Error('strongSwan, which carries the tunnels, does not run.'))
        })
      }
    })
  }

  return {
    want(definitions) {
      wanted = definitions
      tellStates()
      const done = taken()
      look()
      return done
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
      tellStates()
    },
    states: () => states.list(),
    close() {
      isClosed = true
      cancelWake()
      for (const waiter of waiters) waiter.reject(new Error('The tunnels are closed.'))
      waiters = []
    },
  }
}
