/** Pure. Its effects are carried out in their order, each only after the one before is done. */
export interface Machine<State, Input, Effect> {
  readonly initial: State
  step(state: State, input: Input): { readonly state: State; readonly effects: readonly Effect[] }
}

type Answer<Input> = Input | undefined

/**
 * One method for each effect, so an effect that nobody carries out does not compile. A port resolves once its effect is
 * done, durably; what it resolves with is the next input. Undefined: nothing follows from it by itself.
 */
export type Ports<Effect extends { readonly do: string }, Input> = {
  readonly [Do in Effect['do']]: (
    effect: Extract<Effect, { readonly do: Do }>,
  ) => Answer<Input> | Promise<Answer<Input>>
}

export interface Drive<State, Input, Effect> {
  readonly machine: Machine<State, Input, Effect>
  /** Carried out at once, not behind the effects before it. Absent: no effect is. */
  readonly urgent?: (effect: Effect) => boolean
  /** A port threw. The input to continue with; undefined: the machine is over, and `idle` rejects with the error. */
  failed(effect: Effect, error: unknown): Answer<Input>
  /** Called after every step, before its effects are carried out: for a trace, or to count transitions. */
  readonly onStep?: (from: State, input: Input, to: State, effects: readonly Effect[]) => void
}

export interface Driven<State, Input, Effect> {
  readonly state: State
  /** Steps at once, also while an effect is being carried out: what follows from it then waits in line. */
  input(given: Input): void
  /**
   * Resolves when everything asked for until now is done, with all that followed from it. Inputs that come later are not
   * waited for. `of`: only effects that match count. Rejects when the machine is over because of an error.
   */
  idle(of?: (effect: Effect) => boolean): Promise<void>
}

/** An effect that is not done yet; `asked`: the number of the input from outside that it follows from. */
interface Pending<Effect> {
  readonly effect: Effect
  readonly asked: number
}

interface Waiter {
  readonly isPending: () => boolean
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Runs a machine: steps it, carries out its effects in their order and feeds back what they answer. */
export function drive<State, Input, Effect extends { readonly do: string }>(
  { machine, urgent, failed, onStep }: Drive<State, Input, Effect>,
  ports: Ports<Effect, Input>,
): Driven<State, Input, Effect> {
  let state = machine.initial
  let inputs = 0
  let isPumping = false
  let over: { readonly error: unknown } | undefined
  const line: Pending<Effect>[] = []
  const underWay = new Set<Pending<Effect>>()
  let waiters: readonly Waiter[] = []

  function step(given: Input, asked: number): void {
    // What was under way when the machine came to its end may still answer.
    if (over !== undefined) return
    const from = state
    const { state: to, effects } = machine.step(from, given)
    state = to
    onStep?.(from, given, to, effects)
    for (const effect of effects) {
      if (urgent?.(effect)) void carryOut({ effect, asked })
      else line.push({ effect, asked })
    }
    void pump()
  }

  async function pump(): Promise<void> {
    if (isPumping) return
    isPumping = true
    for (let next = line.shift(); next !== undefined; next = line.shift()) await carryOut(next)
    isPumping = false
  }

  async function carryOut(pending: Pending<Effect>): Promise<void> {
    underWay.add(pending)
    try {
      const answer = await answerOf(pending.effect)
      if (answer !== undefined) step(answer, pending.asked)
    } catch (error) {
      over ??= { error }
      line.length = 0
    }
    underWay.delete(pending)
    tellWaiters()
  }

  async function answerOf(effect: Effect): Promise<Answer<Input>> {
    const port = ports[effect.do as Effect['do']] as (effect: Effect) => Answer<Input> | Promise<Answer<Input>>
    try {
      return await port(effect)
    } catch (error) {
      const next = failed(effect, error)
      if (next === undefined) throw error
      return next
    }
  }

  function tellWaiters(): void {
    waiters = waiters.filter(({ isPending, resolve, reject }) => {
      if (over !== undefined) reject(over.error)
      else if (isPending()) return true
      else resolve()
      return false
    })
  }

  return {
    get state() {
      return state
    },
    input(given) {
      inputs++
      step(given, inputs)
    },
    idle(of = () => true) {
      const until = inputs
      const counts = ({ effect, asked }: Pending<Effect>): boolean => asked <= until && of(effect)
      const isPending = (): boolean => line.some(counts) || [...underWay].some(counts)
      return new Promise((resolve, reject) => {
        if (over !== undefined) reject(over.error)
        else if (isPending()) waiters = [...waiters, { isPending, resolve, reject }]
        else resolve()
      })
    },
  }
}
