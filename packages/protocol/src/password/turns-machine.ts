import {
  type ChangeOutcome,
  type Decision,
  newChange,
  type ServerEffect,
  type ServerInput,
  type ServerState,
  serverStep,
} from './server-machine.ts'

/**
 * The changes of one gateway, on the node that holds its connection: one at a time, in the order they were asked for,
 * from the moment the gateway is ready until its connection ends. Pure: what it wants done comes back as effects.
 */
export interface TurnsState {
  /** `new`: the gateway is not settled yet. */
  readonly is: 'new' | 'open' | 'ended'
  /** Highest generation ever given out or heard of. */
  readonly generation: number
  readonly waiting: readonly string[]
  readonly turn: Turn | undefined
}

export interface Turn {
  readonly changeId: string
  readonly generation: number
  /** `new`: given out and not used yet. */
  readonly change: ServerState
}

/** A number is the generation of the change. `busy`: too many wait, or it did not come in time. */
export type Reserved = number | 'busy' | 'gone'

export type TurnsInput =
  /** Nothing is unsettled any more; generations go on from this one. */
  | { readonly is: 'start'; readonly generation: number }
  /** A report said so. */
  | { readonly is: 'raise'; readonly generation: number }
  | { readonly is: 'reserve'; readonly changeId: string }
  /** Whoever waits for a turn does so no longer. */
  | { readonly is: 'impatient'; readonly changeId: string }
  /** The turn was kept long enough. */
  | { readonly is: 'lapse'; readonly changeId: string }
  /** The password has come. */
  | { readonly is: 'change'; readonly changeId: string }
  | { readonly is: 'ack' | 'nack'; readonly changeId: string }
  | { readonly is: 'deadline'; readonly changeId: string }
  | { readonly is: 'journalled'; readonly changeId: string; readonly outcome: Decision }
  /** The journal could not be asked: it may say anything. */
  | { readonly is: 'undecided'; readonly changeId: string }
  /** The connection has ended. */
  | { readonly is: 'end' }

/** Carried out in their order, each only after the one before is done. */
export type TurnsEffect =
  | { readonly do: 'answer-reserve'; readonly changeId: string; readonly reserved: Reserved }
  /** The turn was not used in time, or is another's: the gateway was told nothing and will not be. */
  | { readonly do: 'answer-lapsed'; readonly changeId: string }
  /** Nothing is known here any more; whoever waits decides. */
  | { readonly do: 'answer-unknown'; readonly changeId: string }
  | { readonly do: 'send-set'; readonly changeId: string; readonly generation: number }
  /**
   * Moves the journal entry on. `offline`: the gateway may hold what it must not, so when this is what fails the entry,
   * the gateway counts as not connected from the same unit of work on.
   */
  | {
      readonly do: 'decide'
      readonly changeId: string
      readonly generation: number
      readonly outcome: Decision
      readonly offline: boolean
    }
  | { readonly do: 'answer'; readonly changeId: string; readonly outcome: ChangeOutcome }
  | { readonly do: 'send-confirm'; readonly changeId: string }
  | { readonly do: 'close' }

export interface TurnsStep {
  readonly state: TurnsState
  readonly effects: readonly TurnsEffect[]
}

export const noTurns: TurnsState = { is: 'new', generation: 0, waiting: [], turn: undefined }

export const mostWaiting = 64

type StepChange = typeof serverStep

/** `change`: how one change goes on. */
export function turnsStep(state: TurnsState, input: TurnsInput, change: StepChange = serverStep): TurnsStep {
  switch (input.is) {
    case 'start':
      if (state.is !== 'new') return stay(state)
      return giveNext({ ...state, is: 'open', generation: Math.max(state.generation, input.generation) })
    case 'raise':
      return stay({ ...state, generation: Math.max(state.generation, input.generation) })
    case 'reserve':
      return reserve(state, input.changeId)
    case 'impatient':
      if (!state.waiting.includes(input.changeId)) return stay(state)
      return {
        state: { ...state, waiting: state.waiting.filter((id) => id !== input.changeId) },
        effects: [{ do: 'answer-reserve', changeId: input.changeId, reserved: 'busy' }],
      }
    case 'lapse':
      return state.turn?.changeId === input.changeId && state.turn.change.is === 'new'
        ? giveNext({ ...state, turn: undefined })
        : stay(state)
    case 'change': {
      const { changeId } = input
      if (state.is === 'ended') return { state, effects: [{ do: 'answer-unknown', changeId }] }
      if (state.turn?.changeId !== changeId) return { state, effects: [{ do: 'answer-lapsed', changeId }] }
      // One that comes twice is not two; `lapsed` would say that the gateway was told nothing.
      return runChange(state, state.turn, { is: 'begin' }, change)
    }
    case 'ack':
    case 'nack':
    case 'deadline':
      return state.turn?.changeId === input.changeId
        ? runChange(state, state.turn, { is: input.is }, change)
        : stay(state)
    case 'journalled':
      return state.turn?.changeId === input.changeId ? runChange(state, state.turn, input, change) : stay(state)
    case 'undecided': {
      const { changeId } = input
      return { state, effects: [{ do: 'close' }, { do: 'answer-unknown', changeId }] }
    }
    case 'end':
      return end(state, change)
  }
}

function reserve(state: TurnsState, changeId: string): TurnsStep {
  if (state.is === 'ended') return { state, effects: [{ do: 'answer-reserve', changeId, reserved: 'gone' }] }
  // Asked again, because an answer came from a node that had let the gateway go: one change has one turn.
  if (state.waiting.includes(changeId)) return stay(state)
  if (state.turn?.changeId === changeId) {
    return { state, effects: [{ do: 'answer-reserve', changeId, reserved: state.turn.generation }] }
  }
  if (state.waiting.length >= mostWaiting) {
    return { state, effects: [{ do: 'answer-reserve', changeId, reserved: 'busy' }] }
  }
  return giveNext({ ...state, waiting: [...state.waiting, changeId] })
}

function giveNext(state: TurnsState): TurnsStep {
  const [changeId, ...waiting] = state.waiting
  if (state.is !== 'open' || state.turn !== undefined || changeId === undefined) return stay(state)
  const generation = state.generation + 1
  return {
    state: { ...state, generation, waiting, turn: { changeId, generation, change: newChange } },
    effects: [{ do: 'answer-reserve', changeId, reserved: generation }],
  }
}

function runChange(state: TurnsState, turn: Turn, input: ServerInput, change: StepChange): TurnsStep {
  const step = change(turn.change, input)
  if (step.state === turn.change) return stay(state)
  const effects = step.effects.map((effect) => forChange(turn, effect))
  // A gateway that may hold what it must not gets no other change: this turn is the connection's last.
  const isOver = step.state.is === 'decided' && !effects.some((effect) => effect.do === 'close')
  const after = giveNext({ ...state, turn: isOver ? undefined : { ...turn, change: step.state } })
  return { state: after.state, effects: [...effects, ...after.effects] }
}

function forChange({ changeId, generation }: Turn, effect: ServerEffect): TurnsEffect {
  switch (effect.do) {
    case 'send-set':
      return { do: 'send-set', changeId, generation }
    case 'decide':
      return { do: 'decide', changeId, generation, outcome: effect.outcome, offline: effect.offline }
    case 'answer':
      return { do: 'answer', changeId, outcome: effect.outcome }
    case 'send-settle':
      return { do: 'send-confirm', changeId }
    case 'close':
      return { do: 'close' }
  }
}

function end(state: TurnsState, change: StepChange): TurnsStep {
  if (state.is === 'ended') return stay(state)
  const gone = state.waiting.map((changeId): TurnsEffect => ({ do: 'answer-reserve', changeId, reserved: 'gone' }))
  const ended: TurnsState = { ...state, is: 'ended', waiting: [] }
  const last = state.turn === undefined ? stay(ended) : runChange(ended, state.turn, { is: 'disconnected' }, change)
  return { state: last.state, effects: [...gone, ...last.effects] }
}

function stay(state: TurnsState): TurnsStep {
  return { state, effects: [] }
}
