import { type Chance, createChance } from './random.ts'
import type { Event, Outcome, Subject, Watching } from './subject.ts'
import { Violation } from './violation.ts'

/**
 * Something that can happen, in one instant: what the parties do, what time does to them, and what breaks. It takes one
 * small number that says to whom; it answers false when nothing of the kind could happen.
 */
export interface Action<World> {
  readonly name: string
  /** How often it is chosen, against the others. */
  readonly weight: number
  /** Not what the parties do by themselves, but what is done to them. */
  readonly isFault: boolean
  /** What goes wrong together: in some schedules hardly anything else does, so that rare things meet. */
  readonly theme?: string
  readonly run: (world: World, choice: number) => boolean
}

export interface Simulation<World> {
  readonly name: string
  /** The first of them is a quiet while, with which most schedules begin. */
  readonly actions: readonly Action<World>[]
  create(watching: Watching): World
  /** @throws Violation when something does not hold that has to hold at every instant. */
  judgeInstant(world: World): void
  /** Fair weather until everything has come to rest. @throws Violation. */
  judgeEnd(world: World): void
  /** What is durable, as one line. */
  shownState(world: World): string
}

const choices = 64
const leastEvents = 30
const moreEvents = 170
/** Draws that come to nothing are no events; a world in which hardly anything can happen is over. */
const drawsPerEvent = 10

export function createSubject<World>(simulation: Simulation<World>): Subject {
  const { actions } = simulation

  function happen(world: World, event: Event, { log, onState }: Watching): boolean {
    const { name, run } = actions[Math.floor(event / choices)] as Action<World>
    log?.('', name)
    if (!run(world, event % choices)) return false
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
    events: actions.length * choices,
    textOf: (event) => `${(actions[Math.floor(event / choices)] as Action<World>).name}:${event % choices}`,
    eventOf(text) {
      const [, name, choice] = /^(.*):(\d+)$/.exec(text) ?? []
      const index = actions.findIndex((action) => action.name === name)
      if (index < 0 || Number(choice) >= choices) throw new Error(`No such event of ${simulation.name}: ${text}.`)
      return index * choices + Number(choice)
    },
    runSeed(seed, watching = {}) {
      return judge(watching, (attempt) => {
        const chance = createChance(seed)
        const wheel = createWheel(actions, chance)
        const length = leastEvents + chance.below(moreEvents)
        let left = length
        if (chance.below(4) > 0) attempt(0)
        for (let draws = 0; left > 0 && draws < length * drawsPerEvent; draws++) {
          const event = (wheel[chance.below(wheel.length)] as number) * choices + chance.below(choices)
          if (attempt(event)) left--
        }
      })
    },
    runEvents(given, watching = {}) {
      return judge(watching, (attempt) => {
        for (const event of given) attempt(event)
      })
    },
  }
}

/**
 * What is chosen how often in one schedule. Most of what can break does not, in any one of them: where everything breaks,
 * nothing gets far enough to break in an interesting way. Every fifth schedule has a theme, if there is one.
 */
function createWheel(actions: readonly Action<never>[], chance: Chance): Uint8Array {
  const slots: number[] = []
  const themes = [...new Set(actions.flatMap(({ theme }) => theme ?? []))]
  const theme = themes.length > 0 && chance.below(5) === 0 ? themes[chance.below(themes.length)] : undefined
  for (let index = 0; index < actions.length; index++) {
    const action = actions[index] as Action<never>
    const times = timesOf(action, chance, theme)
    for (let slot = action.weight * times; slot > 0; slot--) slots.push(index)
  }
  return Uint8Array.from(slots)
}

function timesOf({ isFault, theme: own }: Action<never>, chance: Chance, theme: string | undefined): number {
  if (theme !== undefined && own === theme) return chance.below(5)
  const oneIn = theme === undefined ? 4 : 12
  return isFault ? (chance.below(oneIn) === 0 ? 1 + chance.below(3) : 0) : 1
}
