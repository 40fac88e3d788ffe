import {
  type ChangeOutcome,
  drive,
  noTurns,
  type Reserved,
  type SealedPassword,
  type Timers,
  type TurnsEffect,
  type TurnsInput,
  turnsStep,
} from '@opensag/protocol'
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
  change(changeId: string, sealed: SealedPassword, timeoutMs: number): Promise<ChangeOutcome | 'lapsed' | undefined>
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
export function createPasswordTurns({ timers, problem, ...context }: PasswordTurnsOptions): PasswordTurns {
  const callers: TurnsCallers = {
    waiting: new Map(),
    changing: new Map(),
    deposit: undefined,
    cancelDeadline() {},
  }
  const { waiting, changing } = callers
  let cancelLease = (): void => {}

  const driven = drive(
    {
      machine: { initial: noTurns, step: turnsStep },
      // Whoever gets no turn need not wait until another one's is over.
      urgent: (effect: TurnsEffect) => effect.do === 'answer-reserve' && typeof effect.reserved === 'string',
      failed(effect, error): TurnsInput {
        problem(error)
        // Without its effect, nobody here knows any more what becomes of the change.
        return 'changeId' in effect ? { is: 'undecided', changeId: effect.changeId } : { is: 'end' }
      },
    },
    turnsPorts(context, callers),
  )

  return {
    start: (generation) => driven.input({ is: 'start', generation }),
    raiseGeneration: (generation) => driven.input({ is: 'raise', generation }),
    attended: () => driven.state.turn?.changeId,
    decided: () => driven.idle((effect) => effect.do === 'decide'),
    reserve(changeId, { timeoutMs, leaseMs }) {
      const lapsesAt = timers.now() + leaseMs
      return new Promise((answer) => {
        const cancel = timers.after(timeoutMs, () => driven.input({ is: 'impatient', changeId }))
        waiting.set(changeId, (reserved) => {
          cancel()
          if (typeof reserved === 'number') {
            cancelLease = timers.after(lapsesAt - timers.now(), () => driven.input({ is: 'lapse', changeId }))
          }
          answer(reserved)
        })
        driven.input({ is: 'reserve', changeId })
      })
    },
    change(changeId, sealed, timeoutMs) {
      return new Promise((answer) => {
        // One that comes twice is not two: the answer is the first one's.
        if (changing.has(changeId)) {
          answer(undefined)
          return
        }
        changing.set(changeId, { sealed, answer })
        const { state } = driven
        if (state.turn?.changeId === changeId && state.is !== 'ended') {
          cancelLease()
          callers.cancelDeadline = timers.after(timeoutMs, () => driven.input({ is: 'deadline', changeId }))
          callers.deposit = undefined
        }
        driven.input({ is: 'change', changeId })
      })
    },
    answered(kind, changeId, brought) {
      if (driven.state.turn?.changeId === changeId) callers.deposit ??= brought
      driven.input({ is: kind, changeId })
    },
    end() {
      cancelLease()
      driven.input({ is: 'end' })
    },
  }
}
