import { type Chance, createChance } from './random.ts'
import type { AnySubject, Event, Outcome, Subject, Watching } from './subject.ts'
import { Violation } from './violation.ts'

/**
 * Something that can happen, in one instant: what the parties do, what time does to them, and what breaks. It takes one
 * small number that says to whom; it answers false when nothing of the kind could happen.
 */
export interface Action<World, Happened = boolean> {
  readonly name: string
  /** How often it is chosen, against the others. */
  readonly weight: number
  /** Not what the parties do by themselves, but what is done to them. */
  readonly isFault: boolean
  /** What goes wrong together: in some schedules hardly anything else does, so that rare things meet. */
  readonly theme?: string
  readonly run: (world: World, choice: number) => Happened
}

export interface Simulation<World> {
  readonly name: string
  /** The first of them is a quiet while, with which most schedules begin. */
  readonly actions: readonly Action<World>[]
  create(watching: Watching): World
  /** @throws Violation when something does not hold that has to hold at every instant. */
  judgeInstant(world: World): void
  /** Runs without faults until everything has come to rest. @throws Violation. */
  judgeEnd(world: World): void
  /** What is durable, as one line. */
  shownState(world: World): string
}

const choices = 64
const leastEvents = 30
const moreEvents = 170
/** So many kinds of faults there are to each that can happen in one schedule. */
const faultsOneIn = 4
/** Draws that come to nothing are no events; a world in which hardly anything can happen is over. */
const drawsPerEvent = 10

export function createSubject<World>(simulation: Simulation<World>): Subject {
  const { actions } = simulation

  function happen(world: World, event: Event, { log, onState }: Watching): boolean {
    const { action, choice } = partsOf(event)
    const { name, run } = actions[action] as Action<World>
    log?.('', name)
    if (!run(world, choice)) return false
    if (log !== undefined) log('', `  => ${simulation.shownState(world)}`)
    onState?.(simulation.shownState(world))
    simulation.judgeInstant(world)
    return true
  }

  function judge(watching: Watching, run: (attempt: (event: Event) => boolean) => void): Outcome {
    const events: Event[] = []
    const world = simulation.create(watching)
    try {
      run((event) => {
        // It may be the one that breaks a promise; what could not happen is none.
        const index = events.push(event)
        const happened = happen(world, event, watching)
        if (!happened) events.length = index - 1
        return happened
      })
      watching.log?.('', 'from here on nothing breaks any more')
      simulation.judgeEnd(world)
      return { events, violation: undefined }
    } catch (error) {
      if (error instanceof Violation) return { events, violation: error }
      throw error
    }
  }

  return {
    name: simulation.name,
    ...textsOf(simulation.name, actions),
    runSeed(seed, watching = {}) {
      return judge(watching, (attempt) => {
        const draws = createDraws(actions, seed)
        for (let event = draws.next(); event !== undefined; event = draws.next()) if (attempt(event)) draws.happened()
      })
    },
    runEvents(given, watching = {}) {
      return judge(watching, (attempt) => {
        for (const event of given) attempt(event)
      })
    },
  }
}

export interface Length {
  /** So many events at most beyond the least. */
  readonly more?: number
  readonly oneIn?: number
}

export interface Draws {
  /** What is to happen next; undefined when the schedule is over. */
  next(): Event | undefined
  /** It could. */
  happened(): void
}

/** What one seed has happen. */
export function createDraws(
  actions: readonly Action<never, unknown>[],
  seed: number,
  { more = moreEvents, oneIn = faultsOneIn }: Length = {},
): Draws {
  const chance = createChance(seed)
  const wheel = createWheel(actions, chance, oneIn)
  const length = leastEvents + chance.below(more)
  let left = length
  let draws = 0
  let quiet: 'not yet' | 'now' | 'over' = 'not yet'

  return {
    next() {
      if (quiet === 'not yet') {
        quiet = chance.below(4) > 0 ? 'now' : 'over'
        if (quiet === 'now') return 0
      }
      quiet = 'over'
      if (left === 0 || draws++ === length * drawsPerEvent) return undefined
      return (wheel[chance.below(wheel.length)] as number) * choices + chance.below(choices)
    },
    happened() {
      // The quiet while at the beginning is none of them.
      if (quiet !== 'now') left--
    },
  }
}

/** Events as texts, which stay right when the list of actions changes. */
export function textsOf(
  name: string,
  actions: readonly { readonly name: string }[],
): Pick<AnySubject, 'events' | 'textOf' | 'eventOf'> {
  return {
    events: actions.length * choices,
    textOf: (event) => `${actions[partsOf(event).action]?.name}:${partsOf(event).choice}`,
    eventOf(text) {
      const [, action, choice] = /^(.*):(\d+)$/.exec(text) ?? []
      const index = actions.findIndex((one) => one.name === action)
      if (index < 0 || Number(choice) >= choices) throw new Error(`No such event of ${name}: ${text}.`)
      return eventOf(index, Number(choice))
    },
  }
}

/** The event of this action that happens to that one. */
export function eventOf(action: number, choice: number): Event {
  return action * choices + (choice % choices)
}

/** Which action an event is of, and which one of what it can happen to. */
export function partsOf(event: Event): { readonly action: number; readonly choice: number } {
  return { action: Math.floor(event / choices), choice: event % choices }
}

/**
 * What is chosen how often in one schedule. Most of what can break does not, in any one of them: where everything breaks,
 * nothing gets far enough to break in an interesting way. Every fifth schedule has a theme, if there is one.
 */
function createWheel(actions: readonly Action<never, unknown>[], chance: Chance, oneIn: number): Uint8Array {
  const slots: number[] = []
  const themes = [...new Set(actions.flatMap(({ theme }) => theme ?? []))]
  const theme = themes.length > 0 && chance.below(5) === 0 ? themes[chance.below(themes.length)] : undefined
  for (let index = 0; index < actions.length; index++) {
    const action = actions[index] as Action<never, unknown>
    const times = timesOf(action, chance, oneIn, theme)
    for (let slot = action.weight * times; slot > 0; slot--) slots.push(index)
  }
  return Uint8Array.from(slots)
}

function timesOf(
  { isFault, theme: own }: Action<never, unknown>,
  chance: Chance,
  oneIn: number,
  theme: string | undefined,
): number {
  if (theme !== undefined && own === theme) return chance.below(5)
  const faults = theme === undefined ? oneIn : 3 * oneIn
  return isFault ? (chance.below(faults) === 0 ? 1 + chance.below(3) : 0) : 1
}
