import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { seedOf } from '../random.ts'
import { createDraws, eventOf, type Length, partsOf, textsOf } from '../schedule.ts'
import type { AnySubject, Event, Outcome, Watching } from '../subject.ts'
import { Violation } from '../violation.ts'
import { actions, type GlueAction } from './actions.ts'
import type { Database } from './database.ts'
import { createAnyOrderDatabase } from './database-any-order.ts'
import { createOrderedDatabase } from './database-in-order.ts'
import { heal, settled } from './heal.ts'
import { judgeInstant } from './judge.ts'
import { shownState } from './view.ts'
import { createWorld, type SetUp, type World } from './world.ts'

/** Events are longer in coming here than in the machines: a connection alone is some thirty of them. */
const length: Length = { more: 330, oneIn: 6 }

/** Of one schedule, beside what came of it. */
export interface GlueOutcome extends Outcome {
  /** Of every frame, every event and everything that was durable in between. */
  readonly trace: string
  readonly calls: readonly string[]
}

export interface GlueSubject extends AnySubject {
  runSeed(seed: number, watching?: Watching): Promise<GlueOutcome>
  runEvents(events: readonly Event[], watching?: Watching): Promise<GlueOutcome>
}

/** Of what a subject of the real code is: what can happen, and which worlds there are. */
export interface Kind {
  readonly name: string
  readonly actions: readonly GlueAction[]
  readonly length: Length
  /** From one small number, which is its first event. */
  setUpOf(choice: number): SetUp
  createWorld(setUp: SetUp): Promise<World>
}

const setUpName = 'set-up'

/** The real glue of server and agent. It keeps its database in `folder`, which is the caller's to remove. */
export function createGlueSubject(folder: string): GlueSubject {
  const databases = new Map<SetUp['order'], Promise<Database>>()

  function databaseFor(order: SetUp['order']): Promise<Database> {
    const create = order === 'in order' ? createOrderedDatabase : createAnyOrderDatabase
    const database = databases.get(order) ?? create(join(folder, order.replace(' ', '-')))
    databases.set(order, database)
    return database
  }

  return createSubjectOf({
    name: 'glue',
    actions,
    length,
    setUpOf,
    createWorld: async (setUp) => createWorld(await databaseFor(setUp.order), setUp),
  })
}

export function createSubjectOf({ name, actions, length, setUpOf, createWorld }: Kind): GlueSubject {
  /** The first event of a schedule: which world it is about. */
  const setUpAction = actions.length

  async function judge(
    setUp: SetUp,
    watching: Watching,
    run: (attempt: (event: Event) => Promise<boolean>) => Promise<void>,
  ): Promise<GlueOutcome> {
    const { log, onState } = watching
    const events: Event[] = [eventOf(setUpAction, choiceOf(setUp))]
    const hash = createHash('sha256')
    log?.('', shownSetUp(setUp))
    const world = await createWorld(setUp)
    world.log = log && ((actor, text) => log(actor, text))
    world.trace = (data) => void hash.update(data)
    const onDefect = (error: unknown): void => void world.defects.push(error)
    process.on('unhandledRejection', onDefect)
    const end = (violation: Violation | undefined): GlueOutcome => ({
      events,
      violation,
      trace: hash.digest('hex'),
      calls: world.calls.map(({ outcome }) => outcome ?? 'never'),
    })

    async function attempt(event: Event): Promise<boolean> {
      const { action, choice } = partsOf(event)
      const chosen = actions[action]
      if (chosen === undefined) return false
      const index = events.push(event)
      log?.('', chosen.name)
      if (!(await chosen.run(world, choice))) {
        events.length = index - 1
        return false
      }
      await settled(world)
      const state = shownState(world)
      hash.update(`${event} ${state}`)
      log?.('', `  => ${state}`)
      onState?.(state)
      judgeInstant(world)
      return true
    }

    try {
      await run(attempt)
      log?.('', 'from here on nothing breaks any more')
      await heal(world)
      return end(undefined)
    } catch (error) {
      if (error instanceof Violation) return end(error)
      throw error
    } finally {
      process.off('unhandledRejection', onDefect)
      for (const one of [...world.nodes, ...world.boxes]) if (one.run !== undefined) one.run.alive = false
    }
  }

  return {
    name,
    ...textsOf(name, [...actions, { name: setUpName }]),
    runSeed(seed, watching = {}) {
      return judge(setUpOf(seedOf(seed, 0x5e7)), watching, async (attempt) => {
        const draws = createDraws(actions as never, seed, length)
        for (let event = draws.next(); event !== undefined; event = draws.next()) {
          if (await attempt(event)) draws.happened()
        }
      })
    },
    runEvents(given, watching = {}) {
      const [first] = given
      const opening = first === undefined ? undefined : partsOf(first)
      const setUp = setUpOf(opening?.action === setUpAction ? opening.choice : 0)
      return judge(setUp, watching, async (attempt) => {
        for (const event of given) await attempt(event)
      })
    },
  }
}

/** Two bits of which world, one of roll-backs, one of a second gateway; the rest is chance. */
function setUpOf(choice: number): SetUp {
  const order = (choice & 3) === 0 ? 'in order' : 'any order'
  return {
    order,
    nodes: (choice & 2) === 0 ? 1 : 2,
    rollBacks: (choice & 4) !== 0,
    gateways: (choice & 24) === 24 ? 2 : 1,
    seed: choice & 63,
  }
}

function choiceOf({ seed }: SetUp): number {
  return seed
}

function shownSetUp({ order, nodes, rollBacks, gateways }: SetUp): string {
  const disks = rollBacks ? 'disks may be rolled back' : 'disks go forward only'
  return `${nodes} node${nodes === 1 ? '' : 's'}, units of work in ${order === 'in order' ? 'their' : 'any'} order, ${gateways} gateway${gateways === 1 ? '' : 's'}, ${disks}`
}
