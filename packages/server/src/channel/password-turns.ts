import {
  type ChangeOutcome,
  type Decision,
  type FromServer,
  noTurns,
  type Reserved,
  type SealedPassword,
  type Timers,
  type TurnsEffect,
  type TurnsInput,
  turnsStep,
} from '@opensag/protocol'

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
export interface TurnsWorld {
  readonly timers: Timers
  send(message: FromServer): void
  /** Moves the journal entry on, durably; answers what it says then. */
  decide(wanted: WantedDecision): Promise<Decision>
  /** Ends the connection; resolves once the gateway is recorded as offline. */
  close(reason: string): Promise<void>
  /** The journal could not be asked. */
  problem(error: unknown): void
}

export interface PasswordTurns {
  /** From now on turns are given out; generations go on from this one. */
  start(generation: number): void
  /** Waits for its turn, up to `timeoutMs`. Unless used within `leaseMs`, it lapses. */
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
  decided(): Promise<unknown>
}

interface Waiting {
  readonly leaseMs: number
  readonly cancel: () => void
  readonly answer: (reserved: Reserved) => void
}

interface Changing {
  readonly sealed: SealedPassword
  readonly answer: (outcome: ChangeOutcome | 'lapsed' | undefined) => void
}

/** Carries out what the turns machine of the protocol says. */
export function createPasswordTurns(world: TurnsWorld): PasswordTurns {
  const waiting = new Map<string, Waiting>()
  const changing = new Map<string, Changing>()
  let state = noTurns
  let last: Promise<void> = Promise.resolve()
  let decided: Promise<void> = last
  let cancelLease = (): void => {}
  let cancelDeadline = (): void => {}
  let deposit: string | undefined

  function input(given: TurnsInput): void {
    const step = turnsStep(state, given)
    state = step.state
    for (const effect of step.effects) {
      // Whoever gets no turn need not wait until another one's is over.
      if (effect.do === 'answer-reserve' && typeof effect.reserved === 'string') answerReserve(effect)
      else last = last.then(() => carryOut(effect)).catch(world.problem)
      if (effect.do === 'decide') decided = last
    }
  }

  function answerReserve({ changeId, reserved }: TurnsEffect & { do: 'answer-reserve' }): void {
    const waiter = waiting.get(changeId)
    waiting.delete(changeId)
    if (waiter === undefined) return
    waiter.cancel()
    if (typeof reserved === 'number') {
      cancelLease = world.timers.after(waiter.leaseMs, () => input({ is: 'lapse', changeId }))
    }
    waiter.answer(reserved)
  }

  function answerChange(changeId: string, outcome: ChangeOutcome | 'lapsed' | undefined): void {
    changing.get(changeId)?.answer(outcome)
    changing.delete(changeId)
  }

  async function carryOut(effect: TurnsEffect): Promise<void> {
    switch (effect.do) {
      case 'answer-reserve':
        answerReserve(effect)
        return
      case 'answer-lapsed':
        answerChange(effect.changeId, 'lapsed')
        return
      case 'answer-unknown':
        answerChange(effect.changeId, undefined)
        return
      case 'send-set': {
        const { changeId, generation } = effect
        const change = changing.get(changeId)
        if (change === undefined) return
        world.send({ kind: 'set', changeId, generation, sealed: change.sealed })
        return
      }
      case 'decide':
        cancelDeadline()
        await decide(effect)
        return
      case 'answer':
        answerChange(effect.changeId, effect.outcome)
        return
      case 'send-confirm':
        world.send({ kind: 'settle', changeId: effect.changeId, verdict: 'confirm' })
        return
      case 'close':
        await world.close('A password change was not proved in time, or could not be journalled.')
    }
  }

  async function decide({ changeId, generation, outcome, offline }: TurnsEffect & { do: 'decide' }): Promise<void> {
    try {
      const decided = await world.decide({ changeId, generation, outcome, offline, deposit })
      input({ is: 'journalled', changeId, outcome: decided })
    } catch (error) {
      world.problem(error)
      input({ is: 'undecided', changeId })
    }
  }

  return {
    start: (generation) => input({ is: 'start', generation }),
    raiseGeneration: (generation) => input({ is: 'raise', generation }),
    attended: () => state.turn?.changeId,
    reserve(changeId, { timeoutMs, leaseMs }) {
      return new Promise((answer) => {
        const cancel = world.timers.after(timeoutMs, () => input({ is: 'impatient', changeId }))
        waiting.set(changeId, { leaseMs, cancel, answer })
        input({ is: 'reserve', changeId })
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
        if (state.turn?.changeId === changeId && state.is !== 'ended') {
          cancelLease()
          cancelDeadline = world.timers.after(timeoutMs, () => input({ is: 'deadline', changeId }))
          deposit = undefined
        }
        input({ is: 'change', changeId })
      })
    },
    answered(kind, changeId, brought) {
      if (state.turn?.changeId === changeId) deposit ??= brought
      input({ is: kind, changeId })
    },
    end() {
      cancelLease()
      input({ is: 'end' })
    },
    decided: () => decided,
  }
}
