import type { Answer } from './drive.ts'
import { Line, type LineOwner, type Pending, type PortsThat, portFor, type Stepping } from './drive-line.ts'

/** What every machine of a kind has in common; `Owner` is whose machine it is. */
export interface ByHand<Owner, State, Input, Effect extends { readonly do: string }> {
  readonly urgent?: Stepping<State, Input, Effect>['urgent']
  /** An effect is done when its port returns. */
  readonly ports: PortsThat<Effect, Answer<Input>, [owner: Owner]>
  /** As of `drive`. What it throws itself reaches whoever had the effect carried out. */
  failed(effect: Effect, error: unknown, owner: Owner): Answer<Input>
}

/** A machine whose effects are carried out when somebody says so. */
export interface DrivenByHand<State, Input> {
  readonly state: State
  /** How many effects wait. */
  readonly waiting: number
  input(given: Input): void
  /** Carries out the effect whose turn it is, and feeds back what it answers. False: none waits. */
  next(): boolean
  /** What waits never happens, as when its process dies. */
  clear(): void
}

/**
 * `drive`, effect by effect and without promises: for a simulation, which decides itself what happens between two of
 * them.
 */
export function driveByHand<Owner, State, Input, Effect extends { readonly do: string }>(
  given: ByHand<Owner, State, Input, Effect>,
  owner: Owner,
  { machine, onStep }: Omit<Stepping<State, Input, Effect>, 'urgent'>,
): DrivenByHand<State, Input> {
  return new Hand(given, owner, { machine, urgent: given.urgent, onStep })
}

class Hand<Owner, State, Input, Effect extends { readonly do: string }>
  implements DrivenByHand<State, Input>, LineOwner<Effect>
{
  private readonly line: Line<State, Input, Effect>
  private readonly given: ByHand<Owner, State, Input, Effect>
  private readonly owner: Owner

  constructor(given: ByHand<Owner, State, Input, Effect>, owner: Owner, stepping: Stepping<State, Input, Effect>) {
    this.given = given
    this.owner = owner
    this.line = new Line(stepping, this)
  }

  get state(): State {
    return this.line.state
  }

  get waiting(): number {
    return this.line.waiting.length
  }

  input(given: Input): void {
    this.line.step(given, 0)
  }

  next(): boolean {
    const pending = this.line.next()
    if (pending === undefined) return false
    this.carryOut(pending.effect)
    return true
  }

  clear(): void {
    this.line.clear()
  }

  atOnce({ effect }: Pending<Effect>): void {
    this.carryOut(effect)
  }

  private carryOut(effect: Effect): void {
    const answer = this.answerOf(effect)
    if (answer !== undefined) this.line.step(answer, 0)
  }

  private answerOf(effect: Effect): Answer<Input> {
    try {
      return portFor(this.given.ports, effect)(effect, this.owner)
    } catch (error) {
      const next = this.given.failed(effect, error, this.owner)
      if (next === undefined) this.line.end()
      return next
    }
  }
}
