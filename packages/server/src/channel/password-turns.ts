import {
  type ChangeOutcome,
  type Drive,
  type Driven,
  drive,
  noTurns,
  type Reserved,
  type SealedMessage,
  type Timers,
  type TurnsEffect,
  type TurnsInput,
  type TurnsState,
  turnsStep,
} from '@opensag/protocol'
import { changeTrace } from '../tracing/gateway-span.ts'
import { noTracing, type Tracing } from '../tracing/tracing.ts'
import { type TurnsCallers, type TurnsContext, turnsPorts } from './turns-ports.ts'

export interface PasswordTurns {
  /** From now on turns are given out; generations go on from this one. */
  start(generation: number): void
  /** Waits for its turn, up to `timeoutMs`. Unless used within `leaseMs`, the waiting included, it lapses. */
  reserve(changeId: string, limits: { readonly timeoutMs: number; readonly leaseMs: number }): Promise<Reserved>
  /**
   * The gateway has `timeoutMs` from here on. `lapsed`: it was told nothing. Undefined: nothing is
   * journalled, whoever waits has to.
   */
  change(
    changeId: string,
    sealed: SealedMessage,
    timeoutMs: number,
    tracing?: Tracing,
  ): Promise<ChangeOutcome | 'lapsed' | undefined>
  answered(kind: 'ack' | 'nack', changeId: string, deposit?: string): void
  /** A report said so. */
  raiseGeneration(generation: number): void
  /** The change whose turn it is: every other one that is still undecided will never be sent. */
  attended(): string | undefined
  end(): void
  /**
   * Resolves once every decision asked for until now is in the journal, or has failed. Not behind a `close`: closing waits
   * for this.
   */
  decided(): Promise<void>
}

export interface PasswordTurnsOptions extends TurnsContext {
  readonly timers: Timers
  /** The journal could not be asked, or something else of this side failed. */
  problem(error: unknown): void
}

/** Runs the turns machine of the protocol for one connection. */
export function createPasswordTurns(options: PasswordTurnsOptions): PasswordTurns {
  return new Turns(options)
}

/** Between two changes there is nothing but the state of the machine: a server has one for every gateway. */
class Turns implements PasswordTurns {
  private readonly options: PasswordTurnsOptions
  private resting: TurnsState = noTurns
  private running: Running | undefined

  constructor(options: PasswordTurnsOptions) {
    this.options = options
  }

  start(generation: number): void {
    this.input({ is: 'start', generation })
  }

  raiseGeneration(generation: number): void {
    this.input({ is: 'raise', generation })
  }

  attended(): string | undefined {
    return this.state.turn?.changeId
  }

  decided(): Promise<void> {
    return this.running?.driven.idle((effect) => effect.do === 'decide') ?? Promise.resolve()
  }

  reserve(
    changeId: string,
    { timeoutMs, leaseMs }: { readonly timeoutMs: number; readonly leaseMs: number },
  ): Promise<Reserved> {
    const { timers } = this.options
    const { callers } = this.woken()
    const lapsesAt = timers.now() + leaseMs
    return new Promise((answer) => {
      const cancel = timers.after(timeoutMs, () => this.input({ is: 'impatient', changeId }))
      const asked = callers.waiting.get(changeId)
      callers.waiting.set(changeId, (reserved) => {
        asked?.(reserved)
        cancel()
        if (typeof reserved === 'number') {
          callers.cancelLease()
          const lapse = (): void => this.input({ is: 'lapse', changeId })
          callers.cancelLease = timers.after(lapsesAt - timers.now(), lapse)
        }
        answer(reserved)
      })
      this.input({ is: 'reserve', changeId })
    })
  }

  change(
    changeId: string,
    sealed: SealedMessage,
    timeoutMs: number,
    tracing = noTracing,
  ): Promise<ChangeOutcome | 'lapsed' | undefined> {
    const { timers } = this.options
    const { callers } = this.woken()
    return new Promise((answer) => {
      // One that comes twice is not two: the answer is the first one's.
      if (callers.changing.has(changeId)) {
        answer(undefined)
        return
      }
      callers.changing.set(changeId, { sealed, answer, trace: changeTrace(tracing) })
      const { state } = this
      if (state.turn?.changeId === changeId && state.is !== 'ended') {
        callers.cancelLease()
        callers.cancelDeadline = timers.after(timeoutMs, () => this.input({ is: 'deadline', changeId }))
        callers.deposit = undefined
      }
      this.input({ is: 'change', changeId })
    })
  }

  answered(kind: 'ack' | 'nack', changeId: string, brought?: string): void {
    if (this.running !== undefined && this.state.turn?.changeId === changeId) this.running.callers.deposit ??= brought
    this.input({ is: kind, changeId })
  }

  end(): void {
    this.running?.callers.cancelLease()
    this.input({ is: 'end' })
  }

  private get state(): TurnsState {
    return this.running?.driven.state ?? this.resting
  }

  private input(input: TurnsInput): void {
    const quiet = this.running === undefined ? turnsStep(this.resting, input) : undefined
    if (quiet?.effects.length === 0) {
      this.resting = quiet.state
      return
    }
    this.woken().driven.input(input)
    this.rest()
  }

  private woken(): Running {
    if (this.running !== undefined) return this.running
    const { options } = this
    const callers: TurnsCallers = {
      waiting: new Map(),
      changing: new Map(),
      deposit: undefined,
      cancelLease() {},
      cancelDeadline() {},
    }
    const given: Drive<TurnsState, TurnsInput, TurnsEffect> = {
      machine: { initial: this.resting, step: turnsStep },
      // Whoever gets no turn need not wait until another one's is over.
      urgent: (effect) => effect.do === 'answer-reserve' && typeof effect.reserved === 'string',
      failed(effect, error) {
        options.problem(error)
        // Without its effect, nobody here knows any more what becomes of the change.
        return 'changeId' in effect ? { is: 'undecided', changeId: effect.changeId } : { is: 'end' }
      },
      onIdle: () => this.rest(),
    }
    this.running = { callers, driven: drive(given, turnsPorts(options, callers)) }
    return this.running
  }

  /** Keeps the state and nothing else, if nobody waits and nothing is under way: every caller has its answer by then. */
  private rest(): void {
    const { running } = this
    if (running === undefined) return
    const { driven } = running
    const { turn, waiting } = driven.state
    if (!driven.isIdle || turn !== undefined || waiting.length > 0) return
    this.resting = driven.state
    this.running = undefined
  }
}

/** What there is of it while somebody waits, or a change is under way. */
interface Running {
  readonly callers: TurnsCallers
  readonly driven: Driven<TurnsState, TurnsInput, TurnsEffect>
}
