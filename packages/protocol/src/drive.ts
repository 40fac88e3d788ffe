import { Line, type LineOwner, type Pending, type PortsThat, portFor, type Stepping } from './drive-line.ts'

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
  /** Called when the last effect in line is done: nothing happens any more until the next input. */
  onIdle?(): void
}

export interface Driven<State, Input, Effect> {
  readonly state: State
  /** No effect is under way or in line. */
  readonly isIdle: boolean
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
  return new Driver(given, ports)
}

/** Shared by all that have nothing to keep. */
const none: readonly never[] = []

/** A class, and nothing in it that is not needed now: a server runs two machines for every gateway that is connected. */
class Driver<State, Input, Effect extends { readonly do: string }>
  implements Driven<State, Input, Effect>, LineOwner<Effect>
{
  private readonly given: Drive<State, Input, Effect>
  private readonly ports: Ports<Effect, Input>
  private readonly line: Line<State, Input, Effect>
  private underWay: readonly Pending<Effect>[] = none
  private inputs = 0
  private isPumping = false
  private over: { readonly error: unknown } | undefined
  private waiters: readonly Waiter[] = none

  constructor(given: Drive<State, Input, Effect>, ports: Ports<Effect, Input>) {
    this.given = given
    this.ports = ports
    this.line = new Line(given, this)
  }

  get state(): State {
    return this.line.state
  }

  get isIdle(): boolean {
    return !this.isPumping && this.underWay.length === 0
  }

  input(input: Input): void {
    this.inputs++
    this.step(input, this.inputs)
  }

  idle(of: (effect: Effect) => boolean = () => true): Promise<void> {
    const until = this.inputs
    const counts = ({ effect, asked }: Pending<Effect>): boolean => asked <= until && of(effect)
    const isPending = (): boolean => this.line.waiting.some(counts) || this.underWay.some(counts)
    if (this.over !== undefined) return Promise.reject(this.over.error)
    if (!isPending()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.waiters = [...this.waiters, { isPending, resolve, reject }]
    })
  }

  atOnce(urgent: Pending<Effect>): void {
    void this.carryOut(urgent)
  }

  private step(input: Input, asked: number): void {
    this.line.step(input, asked)
    if (!this.isPumping && this.line.waiting.length > 0) void this.pump()
  }

  private async pump(): Promise<void> {
    this.isPumping = true
    for (let next = this.line.next(); next !== undefined; next = this.line.next()) await this.carryOut(next)
    this.isPumping = false
    // The memory of an empty array that was filled once.
    this.line.waiting.length = 0
    this.tellIdle()
  }

  private async carryOut(pending: Pending<Effect>): Promise<void> {
    this.underWay = [...this.underWay, pending]
    try {
      const answer = await this.answerOf(pending.effect)
      if (answer !== undefined) this.step(answer, pending.asked)
    } catch (error) {
      this.over ??= { error }
      this.line.end()
    }
    this.underWay = this.underWay.length === 1 ? none : this.underWay.filter((one) => one !== pending)
    this.tellWaiters()
    this.tellIdle()
  }

  private async answerOf(effect: Effect): Promise<Answer<Input>> {
    try {
      return await portFor(this.ports, effect).call(this.ports, effect)
    } catch (error) {
      const next = this.given.failed(effect, error)
      if (next === undefined) throw error
      return next
    }
  }

  private tellIdle(): void {
    if (this.isIdle) this.given.onIdle?.()
  }

  private tellWaiters(): void {
    if (this.waiters.length === 0) return
    const { over } = this
    const left = this.waiters.filter(({ isPending, resolve, reject }) => {
      if (over !== undefined) reject(over.error)
      else if (isPending()) return true
      else resolve()
      return false
    })
    this.waiters = left.length === 0 ? none : left
  }
}
