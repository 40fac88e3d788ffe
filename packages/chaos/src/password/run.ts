import { createChance } from '../random.ts'
import { Violation } from '../violation.ts'
import { actions } from './actions.ts'
import { heal } from './heal.ts'
import { judgeInstant } from './judge.ts'
import { type Machines, realMachines } from './machines.ts'
import { shownState } from './trace.ts'
import { createWorld, type World } from './world.ts'

/** One thing that happened: which action, and to whom. */
export type Event = number

const choices = 64
const totalWeight = actions.reduce((sum, action) => sum + action.weight, 0)
/** Which action a number below the total weight stands for. */
const wheel = Uint8Array.from({ length: totalWeight }, (_, index) => {
  let left = index
  return actions.findIndex((action) => {
    left -= action.weight
    return left < 0
  })
})

export interface Outcome {
  readonly events: readonly Event[]
  readonly violation: Violation | undefined
}

export interface Watching {
  readonly log?: World['log']
  readonly count?: World['count']
  /** Called after every event, with a number that tells states of the world apart. */
  readonly onState?: (state: string) => void
}

export function eventOf(action: number, choice: number): Event {
  return action * choices + choice
}

export function nameOfEvent(event: Event): string {
  return actions[Math.floor(event / choices)]?.name ?? 'nothing'
}

/** One schedule, made up as it goes by chance alone: the same seed gives the same one. */
export function runSeed(seed: number, machines: Machines = realMachines, watching: Watching = {}): Outcome {
  const chance = createChance(seed)
  const length = 40 + chance.below(120)
  const events: Event[] = []
  const world = createWatched(machines, watching)
  return judge(world, events, () => {
    // Idle draws are not events; a world in which nothing can happen is over.
    for (let draws = 0; events.length < length && draws < length * 12; draws++) {
      const action = wheel[chance.below(totalWeight)] as number
      const choice = chance.below(choices)
      if (!happen(world, action, choice, watching)) continue
      events.push(eventOf(action, choice))
      judgeInstant(world)
    }
  })
}

/** The same events again; those that cannot happen any more are left out. */
export function runEvents(
  given: readonly Event[],
  machines: Machines = realMachines,
  watching: Watching = {},
): Outcome {
  const events: Event[] = []
  const world = createWatched(machines, watching)
  return judge(world, events, () => {
    for (const event of given) {
      if (!happen(world, Math.floor(event / choices), event % choices, watching)) continue
      events.push(event)
      judgeInstant(world)
    }
  })
}

function createWatched(machines: Machines, { log, count }: Watching): World {
  const world = createWorld(machines)
  world.log = log
  world.count = count
  return world
}

function happen(world: World, action: number, choice: number, { log, onState }: Watching): boolean {
  const { name, run } = actions[action] as (typeof actions)[0]
  const happened = run(world, choice)
  if (happened && log !== undefined) log('', `${name}: ${shownState(world)}`)
  if (happened && onState !== undefined) onState(shownState(world))
  return happened
}

function judge(world: World, events: readonly Event[], run: () => void): Outcome {
  try {
    run()
    world.log?.('', 'from here on nothing breaks any more')
    heal(world)
    return { events, violation: undefined }
  } catch (error) {
    if (error instanceof Violation) return { events, violation: error }
    throw error
  }
}
