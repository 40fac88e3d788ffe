import { join } from 'node:path'
import { createMutex, type DpiConfig, type Timers, type WallClock } from '@opensag/protocol'
import { applicationGroups, applications } from '@opensag/rules'
import type { Logger } from 'pino'
import type { Flow } from '../flow-log/conntrack-flows.ts'
import { openFlowLog } from '../flow-log/flow-log.ts'
import { ownTable } from '../own-table.ts'
import type { System } from '../system.ts'
import { type ApplicationSet, additions } from './application-sets.ts'
import type { Engine } from './engine.ts'
import { type Connection, createKnownConnections, type KnownConnections, type Recognised } from './known-connections.ts'
import { closeMirror, mirrorName, openMirror } from './mirror.ts'
import { type Recogniser, startRecogniser } from './recogniser.ts'

/** What becomes of the applications of a branch. */
export interface ApplicationsPlan {
  readonly dpi: DpiConfig
  readonly instance: string
  /** The interface of the branch. */
  readonly lan: string
  /** What it knows goes into these. */
  readonly sets: readonly ApplicationSet[]
}

/** Recognises the applications of a branch. */
export interface Applications {
  /** The same again changes nothing but what somebody else has changed. Undefined: it does not look. */
  set(plan: ApplicationsPlan | undefined): Promise<void>
  /** The table has been replaced: its sets are empty. */
  forgetSets(): void
  close(): Promise<void>
}

export interface ApplicationsOptions {
  readonly serial: string
  /** For its file. */
  readonly folder: string
  readonly system: System
  /** Undefined: this machine has none, and nothing is recognised. */
  readonly engine: Engine | undefined
  readonly timers: Timers
  readonly wallClock: WallClock
  readonly logger: Logger
  /** Instead of ndpiReader. */
  readonly recognise?: typeof startRecogniser
}

/** Seconds, as of flow logs. */
const aging = { activeAging: 60, inactiveAging: 5 } as const
/** So many connections the engine sees before it is started anew. */
const mostOfEngine = 20_000

const byNumber = new Map(applications.map((one) => [one.id, one]))
const groupNames = new Map(applicationGroups.map(({ id, name }) => [id, name]))

export function openApplications(options: ApplicationsOptions): Applications {
  const { serial, folder, system, engine, timers, wallClock, logger, recognise = startRecogniser } = options
  const exclusive = createMutex()
  let known: KnownConnections = createKnownConnections(new Map())
  let recogniser: Recogniser | undefined
  let sets: readonly ApplicationSet[] = []
  let isFilled = false
  let fresh: (readonly [Connection, Recognised])[] = []
  let filling: Promise<void> | undefined
  let complainedAt = Number.NEGATIVE_INFINITY
  const log = openFlowLog({
    ...{ serial, system, timers, wallClock, logger },
    file: join(folder, 'application-records.jsonl'),
    more: (flow) => namesOf(known, flow),
  })

  function problem(error: unknown): void {
    if (timers.now() - complainedAt < 60_000) return
    complainedAt = timers.now()
    logger.warn({ serial, err: error }, 'Applications could not be recognised.')
  }

  async function put(plan: ApplicationsPlan | undefined): Promise<void> {
    if (plan === undefined || engine === undefined) return stop()
    await openMirror(system, plan.lan)
    if (recogniser === undefined) recogniser = start(engine)
    sets = plan.sets
    if (!isFilled) isFilled = await fill(known.all())
    const { records } = plan.dpi
    await log.set(records && { log: { ...aging, records }, instance: plan.instance, source: undefined })
  }

  function start({ numbers }: Engine): Recogniser {
    const own = createKnownConnections(numbers)
    known = own
    let learnt = 0
    const started = recognise({
      ...{ namespace: system.namespace, device: mirrorName, timers, problem },
      found(packet) {
        if (!own.learn(packet)) return
        tell(packet)
        learnt += 1
        if (learnt < mostOfEngine) return
        learnt = 0
        started.renew()
      },
    })
    return started
  }

  /** False: the kernel has taken none of them. Packets are carried without. */
  async function fill(connections: Iterable<readonly [Connection, Recognised]>): Promise<boolean> {
    const script = additions(`inet ${ownTable}`, sets, connections)
    try {
      if (script !== '') await system.nft(script)
      return true
    } catch (error) {
      problem(error)
      return false
    }
  }

  /** One program of nftables at a time: what is learnt meanwhile goes together. */
  function tell(connection: Connection): void {
    const recognised = known.of(connection)
    if (recognised === undefined || sets.length === 0) return
    fresh.push([connection, recognised])
    filling ??= fillFresh().finally(() => {
      filling = undefined
    })
  }

  async function fillFresh(): Promise<void> {
    while (fresh.length > 0) {
      const now = fresh
      fresh = []
      await fill(now)
    }
  }

  async function stop(): Promise<void> {
    sets = []
    await filling
    await log.set(undefined)
    if (recogniser === undefined) return
    await recogniser.close()
    recogniser = undefined
    await closeMirror(system)
  }

  return {
    set: (plan) => exclusive(() => put(plan)),
    forgetSets() {
      isFilled = false
    },
    close: () => exclusive(stop),
  }
}

/** What is written of the application of a connection; nothing where it is not known. */
function namesOf(known: KnownConnections, flow: Flow): object {
  const { application, carrier } = known.of(flow) ?? {}
  const one = byNumber.get(application ?? 0)
  if (one === undefined) return {}
  return {
    applicationId: one.id,
    application: one.name,
    groupId: one.groupId,
    group: groupNames.get(one.groupId),
    ...(carrier === undefined ? {} : { carrier: byNumber.get(carrier)?.name }),
  }
}
