import {
  type ChangeOutcome,
  type Decision,
  type FromServer,
  newChange,
  type SealedPassword,
  type ServerEffect,
  type ServerInput,
  serverStep,
  type Timers,
} from '@opensag/protocol'

const mostWaiting = 64

/** A number is the generation of the change. `busy`: too many wait, or it did not come in time. */
export type Reserved = number | 'busy' | 'gone'

/** What the changes of one gateway's password need of its connection. */
export interface TurnsWorld {
  readonly timers: Timers
  send(message: FromServer): void
  /** Moves the journal entry on, durably; answers what it says then. */
  decide(changeId: string, outcome: Decision, generation: number): Promise<Decision>
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
   * The gateway has `timeoutMs` from the moment its `set` is sent. `lapsed`: it was not. Undefined: nothing is
   * journalled, whoever waits has to.
   */
  change(changeId: string, sealed: SealedPassword, timeoutMs: number): Promise<ChangeOutcome | 'lapsed' | undefined>
  answered(kind: 'ack' | 'nack', changeId: string): void
  /** A report said so. */
  raiseGeneration(generation: number): void
  end(): void
}

interface Turn {
  readonly changeId: string
  readonly generation: number
  cancelLease: () => void
  begun: boolean
  input: (input: ServerInput) => void
}

/** One change at a time, in the order they were asked for; each runs the server's side of the password protocol. */
export function createPasswordTurns(world: TurnsWorld): PasswordTurns {
  const waiting: {
    readonly changeId: string
    readonly leaseMs: number
    readonly answer: (reserved: Reserved) => void
  }[] = []
  let isOpen = false
  let ended = false
  let generation = 0
  let turn: Turn | undefined

  function giveNext(): void {
    if (!isOpen || ended || turn !== undefined) return
    const next = waiting.shift()
    if (next === undefined) return
    const given: Turn = {
      changeId: next.changeId,
      generation: ++generation,
      cancelLease: () => {},
      begun: false,
      input: () => {},
    }
    given.cancelLease = world.timers.after(next.leaseMs, () => release(given))
    turn = given
    next.answer(given.generation)
  }

  function release(given: Turn): void {
    given.cancelLease()
    if (turn !== given) return
    turn = undefined
    giveNext()
  }

  function run(given: Turn, sealed: SealedPassword, timeoutMs: number): Promise<ChangeOutcome | undefined> {
    return new Promise((resolve) => {
      let state = newChange
      let last: Promise<void> = Promise.resolve()
      const cancelDeadline = world.timers.after(timeoutMs, () => input({ is: 'deadline' }))

      async function carryOut(effect: ServerEffect): Promise<void> {
        const { changeId } = given
        switch (effect.do) {
          case 'send-set':
            world.send({ kind: 'set', changeId, generation: given.generation, sealed })
            return
          case 'decide':
            cancelDeadline()
            input({ is: 'journalled', outcome: await world.decide(changeId, effect.outcome, given.generation) })
            return
          case 'send-settle':
            world.send({ kind: 'settle', changeId, verdict: effect.verdict })
            release(given)
            return
          case 'close':
            await world.close('A password change was not proved in time.')
            return
          case 'answer':
            resolve(effect.outcome)
            // After success the turn is over only when the gateway has been told.
            if (effect.outcome !== 'accepted') release(given)
        }
      }

      function input(given: ServerInput): void {
        const step = serverStep(state, given)
        state = step.state
        for (const effect of step.effects) last = last.then(() => carryOut(effect)).catch(fail)
      }

      async function fail(error: unknown): Promise<void> {
        world.problem(error)
        resolve(undefined)
        await world.close('A password change could not be journalled.')
      }

      given.input = input
      input({ is: 'begin' })
    })
  }

  return {
    start(from) {
      generation = Math.max(generation, from)
      isOpen = true
      giveNext()
    },
    raiseGeneration(reported) {
      generation = Math.max(generation, reported)
    },
    reserve(changeId, { timeoutMs, leaseMs }) {
      if (ended) return Promise.resolve('gone')
      if (waiting.length >= mostWaiting) return Promise.resolve('busy')
      return new Promise((resolve) => {
        const cancel = world.timers.after(timeoutMs, () => {
          waiting.splice(waiting.indexOf(entry), 1)
          resolve('busy')
        })
        const entry = {
          changeId,
          leaseMs,
          answer: (reserved: Reserved) => {
            cancel()
            resolve(reserved)
          },
        }
        waiting.push(entry)
        giveNext()
      })
    },
    async change(changeId, sealed, timeoutMs) {
      if (ended) return undefined
      if (turn?.changeId !== changeId || turn.begun) return 'lapsed'
      turn.begun = true
      turn.cancelLease()
      return run(turn, sealed, timeoutMs)
    },
    answered(kind, changeId) {
      if (turn?.changeId === changeId) turn.input({ is: kind })
    },
    end() {
      if (ended) return
      ended = true
      for (const { answer } of waiting.splice(0)) answer('gone')
      turn?.cancelLease()
      turn?.input({ is: 'disconnected' })
    },
  }
}
