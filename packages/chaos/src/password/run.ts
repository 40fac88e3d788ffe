import { type Chance, createChance } from '../random.ts'
import type { Event, Outcome, Subject, Watching } from '../subject.ts'
import { Violation } from '../violation.ts'
import { type Action, actions } from './actions.ts'
import { heal } from './heal.ts'
import { judgeInstant } from './judge.ts'
import { type Machines, realMachines } from './machines.ts'
import { shownState } from './trace.ts'
import { createWorld, type World } from './world.ts'

const choices = 64
/**
 * What is chosen how often in one schedule. Most of what can break does not, in any one of them: where everything breaks,
 * nothing gets far enough to break in an interesting way.
 */
function createWheel(chance: Chance): Uint8Array {
  const slots = new Uint8Array(mostSlots)
  let length = 0
  for (let index = 0; index < actions.length; index++) {
    const { weight, isFault } = actions[index] as Action
    const times = isFault ? (chance.below(4) === 0 ? 1 + chance.below(3) : 0) : 1
    slots.fill(index, length, length + weight * times)
    length += weight * times
  }
  return slots.subarray(0, length)
}

const mostSlots = actions.reduce((sum, { weight, isFault }) => sum + weight * (isFault ? 3 : 1), 0)

function eventOf(action: number, choice: number): Event {
  return action * choices + choice
}

/** One schedule, made up as it goes by chance alone: the same seed gives the same one. */
export function runSeed(seed: number, machines: Machines = realMachines, watching: Watching = {}): Outcome {
  const chance = createChance(seed)
  const wheel = createWheel(chance)
  const length = 30 + chance.below(170)
  const events: Event[] = []
  const world = createWatched(machines, watching)
  return judge(world, events, () => {
    // Most begin with a gateway that is connected: the first connection takes a while.
    if (chance.below(4) > 0 && happen(world, 0, 0, watching)) events.push(eventOf(0, 0))
    // Idle draws are not events; a world in which nothing can happen is over.
    for (let draws = 0; events.length < length && draws < length * 10; draws++) {
      const action = wheel[chance.below(wheel.length)] as number
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
  log?.('', name)
  const happened = run(world, choice)
  if (happened && log !== undefined) log('', `  => ${shownState(world)}`)
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

/** Changes of the administrator password: docs/password-protocol.md. */
export const passwordSubject: Subject = {
  name: 'password',
  runSeed: (seed, watching) => runSeed(seed, realMachines, watching),
  runEvents: (events, watching) => runEvents(events, realMachines, watching),
}
