/** Pure. Its effects are carried out in their order, each only after the one before is done. */
export interface Machine<State, Input, Effect> {
  readonly initial: State
  step(state: State, input: Input): { readonly state: State; readonly effects: readonly Effect[] }
}

/** One method for each effect, so an effect that nobody carries out does not compile. */
export type PortsThat<Effect extends { readonly do: string }, Result, More extends readonly unknown[] = []> = {
  readonly [Do in Effect['do']]: (effect: Extract<Effect, { readonly do: Do }>, ...more: More) => Result
}

export interface Stepping<State, Input, Effect> {
  readonly machine: Machine<State, Input, Effect>
  /** Carried out at once, not behind the effects before it. Absent: no effect is. */
  readonly urgent?: ((effect: Effect) => boolean) | undefined
  /** Called after every step, before its effects are carried out: for a trace, or to count transitions. */
  readonly onStep?: ((from: State, input: Input, to: State, effects: readonly Effect[]) => void) | undefined
}

/** An effect that is not done yet; `asked`: the number of the input from outside that it follows from. */
export interface Pending<Effect> {
  readonly effect: Effect
  readonly asked: number
}

/** What a line belongs to. */
export interface LineOwner<Effect> {
  /** Carries out an effect that is urgent. */
  atOnce(pending: Pending<Effect>): void
}

/**
 * What every driver has in common: the state of the machine, and what waits to be carried out, in order. A class, as the
 * simulation makes hundreds of them in a millisecond.
 */
export class Line<State, Input, Effect> {
  state: State
  readonly waiting: Pending<Effect>[] = []
  private readonly stepping: Stepping<State, Input, Effect>
  private readonly owner: LineOwner<Effect>
  private isOver = false

  constructor(stepping: Stepping<State, Input, Effect>, owner: LineOwner<Effect>) {
    this.stepping = stepping
    this.owner = owner
    this.state = stepping.machine.initial
  }

  /** Does nothing once it has ended: what was under way then may still answer. */
  step(input: Input, asked: number): void {
    if (this.isOver) return
    const { machine, urgent, onStep } = this.stepping
    const from = this.state
    const { state, effects } = machine.step(from, input)
    this.state = state
    onStep?.(from, input, state, effects)
    for (const effect of effects) {
      if (urgent?.(effect)) this.owner.atOnce({ effect, asked })
      else this.waiting.push({ effect, asked })
    }
  }

  /** Takes what is to be carried out next. */
  next(): Pending<Effect> | undefined {
    return this.waiting.shift()
  }

  /** What waits is never carried out. */
  clear(): void {
    if (this.waiting.length > 0) this.waiting.length = 0
  }

  /** Nor does anything else follow from now on. */
  end(): void {
    this.isOver = true
    this.clear()
  }
}

/** The port that carries out this effect. */
export function portFor<Effect extends { readonly do: string }, Result, More extends readonly unknown[]>(
  ports: PortsThat<Effect, Result, More>,
  effect: Effect,
): (effect: Effect, ...more: More) => Result {
  return ports[effect.do as Effect['do']] as (effect: Effect, ...more: More) => Result
}
