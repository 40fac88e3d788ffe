import type { Violation } from './violation.ts'

/** One thing that happened: which action, and to whom. Good for one version of the list of actions only. */
export type Event = number

export interface Outcome {
  readonly events: readonly Event[]
  readonly violation: Violation | undefined
}

export interface Watching {
  /** Tells what happens; an empty actor: an event begins, or the state after it. */
  readonly log?: ((actor: string, event: string) => void) | undefined
  /** Told of every step of a machine: its state, its input, and what it went over to and wants done. */
  readonly count?: ((machine: string, from: string, input: string, to: string) => void) | undefined
  /** Called after every event with the state of the world as text. */
  readonly onState?: ((state: string) => void) | undefined
}

/** Something that is simulated: from a seed, or from a list of events again. */
export interface Subject extends AnySubject {
  runSeed(seed: number, watching?: Watching): Outcome
  runEvents(events: readonly Event[], watching?: Watching): Outcome
}

/** The same, where an event may take turns of the event loop. */
export interface AnySubject {
  readonly name: string
  /** It is a neighbourhood of one schedule of that subject. */
  readonly nearTo?: string
  /** Events are the whole numbers below this. */
  readonly events: number
  /** `<name of the action>:<choice>`, which stays right when the list of actions changes. */
  textOf(event: Event): string
  /** @throws when there is no such action any more: whoever renames one renames it in the corpus. */
  eventOf(text: string): Event
  runSeed(seed: number, watching?: Watching): Outcome | Promise<Outcome>
  /** Events that cannot happen any more are left out. */
  runEvents(events: readonly Event[], watching?: Watching): Outcome | Promise<Outcome>
}
