import type { Violation } from './violation.ts'

/** One thing that happened: which action, and to whom. */
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
export interface Subject {
  readonly name: string
  runSeed(seed: number, watching?: Watching): Outcome
  /** Events that cannot happen any more are left out. */
  runEvents(events: readonly Event[], watching?: Watching): Outcome
}
