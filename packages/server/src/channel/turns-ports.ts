import type {
  ChangeOutcome,
  Decision,
  FromServer,
  Ports,
  Reserved,
  SealedMessage,
  TurnsEffect,
  TurnsInput,
} from '@opensag/protocol'
import type { ChangeTrace } from '../tracing/gateway-span.ts'

/** How a change is to be decided. */
export interface WantedDecision {
  readonly changeId: string
  readonly generation: number
  readonly outcome: Decision
  /** If this is what fails it, the gateway counts as not connected in the same unit of work. */
  readonly offline: boolean
  /** What the gateway acknowledged it with. */
  readonly deposit: string | undefined
}

/** What the changes of one gateway's password need of its connection. */
export interface TurnsContext {
  send(message: FromServer): void
  /** Moves the journal entry on, durably; answers what it says then. */
  decide(wanted: WantedDecision): Promise<Decision>
  /** Ends the connection; resolves once the gateway is recorded as offline. */
  close(reason: string): Promise<void>
}

/** Whoever waits at this node, by the change. */
export interface TurnsCallers {
  /** Those that want a turn. */
  readonly waiting: Map<string, (reserved: Reserved) => void>
  /** Those that have brought a password. */
  readonly changing: Map<string, Changing>
  /** Of the change that the gateway was told of last. */
  deposit: string | undefined
  /** The turn that was given out last does not lapse any more. */
  cancelLease: () => void
  cancelDeadline: () => void
}

export interface Changing {
  readonly sealed: SealedMessage
  readonly answer: (outcome: ChangeOutcome | 'lapsed' | undefined) => void
  /** What the gateway answers is heard elsewhere. */
  readonly trace: ChangeTrace
}

/** Carries out what the turns machine of the protocol says. */
export function turnsPorts(context: TurnsContext, callers: TurnsCallers): Ports<TurnsEffect, TurnsInput> {
  const { waiting, changing } = callers

  function answerChange(changeId: string, outcome: ChangeOutcome | 'lapsed' | undefined): void {
    changing.get(changeId)?.answer(outcome)
    changing.delete(changeId)
  }

  return {
    'answer-reserve'({ changeId, reserved }) {
      const answer = waiting.get(changeId)
      waiting.delete(changeId)
      answer?.(reserved)
    },
    'answer-lapsed': ({ changeId }) => void answerChange(changeId, 'lapsed'),
    'answer-unknown': ({ changeId }) => void answerChange(changeId, undefined),
    answer: ({ changeId, outcome }) => void answerChange(changeId, outcome),
    'send-set'({ changeId, generation }) {
      const change = changing.get(changeId)
      if (change === undefined) return
      change.trace.told()
      context.send({ kind: 'set', changeId, generation, sealed: change.sealed })
    },
    async decide({ changeId, generation, outcome, offline }) {
      callers.cancelDeadline()
      const { deposit } = callers
      const trace = changing.get(changeId)?.trace
      trace?.ended(outcome === 'succeeded' ? 'applied' : offline ? 'unknown' : 'refused')
      const decide = (): Promise<Decision> => context.decide({ changeId, generation, outcome, offline, deposit })
      const decided = await (trace === undefined ? decide() : trace.place(decide))
      return { is: 'journalled', changeId, outcome: decided }
    },
    'send-confirm': ({ changeId }) => void context.send({ kind: 'settle', changeId, verdict: 'confirm' }),
    async close() {
      await context.close('A password change was not proved in time, or could not be journalled.')
    },
  }
}
