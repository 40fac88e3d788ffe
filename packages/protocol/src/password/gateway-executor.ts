import {
  type GatewayEffect,
  type GatewayFacts,
  type GatewayInput,
  gatewayFactsAfter,
  gatewayStep,
} from './gateway-machine.ts'

/**
 * How a gateway works one order off: what it reads before it decides, and what it does when a write fails. One order at
 * a time; a crash is a start without a state.
 */
export type ExecutorState =
  | { readonly is: 'idle' }
  /** What is on the disk is being made durable and read; then `order` is decided by it. */
  | { readonly is: 'reading'; readonly order: Work }
  /** `rest`: what is still to be done, first, before the order (`repair`), for it, or to apply the change it asks for. */
  | {
      readonly is: 'working'
      readonly order: Work
      readonly facts: GatewayFacts
      readonly stage: 'repair' | 'order' | 'apply'
      readonly rest: readonly GatewayEffect[]
    }

/** `report`: nothing is to be done but to know how things stand. */
export type Order =
  | Extract<GatewayInput, { is: 'set' | 'settle' | 'restore' | 'first' | 'reset' }>
  | { readonly is: 'report' }

/** `failed`: a change whose writes failed is taken back. */
type Work = Order | Extract<GatewayInput, { is: 'failed' }>

export type ExecutorInput =
  /** `known`: the facts, when nothing has failed since they were read. */
  | { readonly is: 'order'; readonly order: Order; readonly known: GatewayFacts | undefined }
  | { readonly is: 'read'; readonly facts: GatewayFacts }
  /** The effect is done. */
  | { readonly is: 'done' }
  /** `current`: whether the connection it came by is still the gateway's. */
  | { readonly is: 'prepared'; readonly hash: string; readonly current: boolean }
  /** It was sealed for something else, or the hash could not be made. */
  | { readonly is: 'unprepared'; readonly why: 'unusable' | 'failed'; readonly current: boolean }
  /** A write failed: what is there may be the old content, the new one, or the new one until the next power cut. */
  | { readonly is: 'write-failed' }

export type ExecutorEffect =
  /**
   * Makes durable what can be read, and reads it: a write that failed, or was cut short with its process, may show what
   * a power cut takes back.
   */
  | { readonly do: 'read' }
  | GatewayEffect
  /** How things stand, for a report. */
  | { readonly do: 'tell'; readonly facts: GatewayFacts }
  /** Neither the new nor the old state could be made durable: the connection has to end. */
  | { readonly do: 'give-up' }

export interface ExecutorStep {
  readonly state: ExecutorState
  /** At most one: what follows depends on how it ends. None: nothing more to do. */
  readonly effects: readonly ExecutorEffect[]
}

type Decide = typeof gatewayStep

export const idle: ExecutorState = { is: 'idle' }

/** `decide`: what the facts and an input ask for. */
export function executorStep(state: ExecutorState, input: ExecutorInput, decide: Decide = gatewayStep): ExecutorStep {
  switch (input.is) {
    case 'order':
      if (state.is !== 'idle') return { state, effects: [] }
      if (input.known !== undefined) return begin(input.order, input.known, decide)
      return { state: { is: 'reading', order: input.order }, effects: [{ do: 'read' }] }
    case 'read':
      return state.is === 'reading' ? begin(state.order, input.facts, decide) : { state, effects: [] }
    case 'done':
      return state.is === 'working' ? onDone(state, decide) : { state, effects: [] }
    case 'prepared':
    case 'unprepared':
      return state.is === 'working' ? onPrepared(state, input, decide) : { state, effects: [] }
    case 'write-failed':
      return onWriteFailed(state)
  }
}

type Working = ExecutorState & { is: 'working' }

function begin(order: Work, facts: GatewayFacts, decide: Decide): ExecutorStep {
  if (order.is === 'failed')
    return next({ is: 'working', order, facts, stage: 'order', rest: decide(facts, order) }, decide)
  return next({ is: 'working', order, facts, stage: 'repair', rest: decide(facts, { is: 'started' }) }, decide)
}

function next(state: Working, decide: Decide): ExecutorStep {
  const [effect] = state.rest
  if (effect !== undefined) return { state, effects: [effect] }
  const { order, facts, stage } = state
  if (stage !== 'repair') return { state: idle, effects: [] }
  if (order.is === 'report') return { state: idle, effects: [{ do: 'tell', facts }] }
  return next({ ...state, stage: 'order', rest: decide(facts, order) }, decide)
}

function onDone(state: Working, decide: Decide): ExecutorStep {
  const [effect, ...rest] = state.rest
  const facts = effect === undefined ? state.facts : gatewayFactsAfter(state.facts, effect)
  return next({ ...state, facts, rest }, decide)
}

function onPrepared(
  state: Working,
  input: ExecutorInput & { is: 'prepared' | 'unprepared' },
  decide: Decide,
): ExecutorStep {
  const { order, facts } = state
  // Hashing is slow: the server may have given the change up meanwhile, and will settle on the next connection.
  if (order.is !== 'set' || !input.current) return { state: idle, effects: [] }
  const { changeId, generation } = order
  const rest =
    input.is === 'prepared'
      ? decide(facts, { is: 'prepared', changeId, generation, hash: input.hash })
      : decide(facts, { is: input.why, changeId, generation })
  return next({ ...state, stage: input.is === 'prepared' ? 'apply' : 'order', rest }, decide)
}

/** A change that could not be written is taken back and refused; anything else ends the connection. */
function onWriteFailed(state: ExecutorState): ExecutorStep {
  if (state.is !== 'working' || state.stage !== 'apply' || state.order.is !== 'set') {
    return { state: idle, effects: [{ do: 'give-up' }] }
  }
  const { changeId, generation } = state.order
  return { state: { is: 'reading', order: { is: 'failed', changeId, generation } }, effects: [{ do: 'read' }] }
}
