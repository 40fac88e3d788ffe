import { Line, type Pending, type PortsThat, portFor, type Stepping } from './drive-line.ts'

export type Answer<Input> = Input | undefined

/**
 * What carries out the effects of a machine. A port resolves once its effect is done, durably; what it resolves with is
 * the next input. Undefined: nothing follows from it by itself.
 */
export type Ports<Effect extends { readonly do: string }, Input> = PortsThat<
  Effect,
  Answer<Input> | Promise<Answer<Input>>
>

export interface Drive<State, Input, Effect> extends Stepping<State, Input, Effect> {
  /** A port threw. The input to continue with; undefined: the machine is over, and `idle` rejects with the error. */
  failed(effect: Effect, error: unknown): Answer<Input>
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

interface Waiter {
  readonly isPending: () => boolean
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Runs a machine: steps it, carries out its effects in their order and feeds back what they answer. */
export function drive<State, Input, Effect extends { readonly do: string }>(
  given: Drive<State, Input, Effect>,
  ports: Ports<Effect, Input>,
): Driven<State, Input, Effect> {
  const line = new Line(given, (urgent) => void carryOut(urgent))
  const underWay = new Set<Pending<Effect>>()
  let inputs = 0
  let isPumping = false
  let over: { readonly error: unknown } | undefined
  let waiters: readonly Waiter[] = []

  function step(input: Input, asked: number): void {
    line.step(input, asked)
    void pump()
  }

  async function pump(): Promise<void> {
    if (isPumping) return
    isPumping = true
    for (let next = line.next(); next !== undefined; next = line.next()) await carryOut(next)
    isPumping = false
  }

  async function carryOut(pending: Pending<Effect>): Promise<void> {
    underWay.add(pending)
    try {
      const answer = await answerOf(pending.effect)
      if (answer !== undefined) step(answer, pending.asked)
    } catch (error) {
      over ??= { error }
      line.end()
    }
    underWay.delete(pending)
    tellWaiters()
  }

  async function answerOf(effect: Effect): Promise<Answer<Input>> {
    try {
      return await portFor(ports, effect)(effect)
    } catch (error) {
      const next = given.failed(effect, error)
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
      return line.state
    },
    input(input) {
      inputs++
      step(input, inputs)
    },
    idle(of = () => true) {
      const until = inputs
      const counts = ({ effect, asked }: Pending<Effect>): boolean => asked <= until && of(effect)
      const isPending = (): boolean => line.waiting.some(counts) || [...underWay].some(counts)
      return new Promise((resolve, reject) => {
        if (over !== undefined) reject(over.error)
        else if (isPending()) waiters = [...waiters, { isPending, resolve, reject }]
        else resolve()
      })
    },
  }
}
