import type { ChangeOutcome, Decision } from './server-machine.ts'
import type { Reserved } from './turns-machine.ts'

/**
 * One call that changes a password, on the node that was called: from the request for a turn to the one answer it gives.
 * A failure is answered only once the journal says so; as long as it cannot be asked, there is no answer.
 */
export type RequestState =
  | { readonly is: 'new' | 'reserving' | 'handing' | 'answered' }
  | { readonly is: 'journalling'; readonly generation: number }
  /** `lapsed`: the holder has said that the gateway was told nothing and will not be. */
  | { readonly is: 'giving-up'; readonly lapsed: boolean }

export type RequestInput =
  | { readonly is: 'begin' }
  /** What the holder of the connection says; undefined: nobody holds it, or nobody answered. */
  | { readonly is: 'reserved'; readonly turn: Reserved | undefined }
  | { readonly is: 'journalled' }
  /** The store failed: the entry may be there, and nobody acts on it. */
  | { readonly is: 'not-journalled' }
  /** What the holder says; undefined: it does not know, or did not answer, or could not be asked. */
  | { readonly is: 'handed'; readonly outcome: ChangeOutcome | 'lapsed' | undefined }
  | { readonly is: 'decided'; readonly outcome: Decision }
  /** The store failed: the entry may say anything. */
  | { readonly is: 'undecided' }

export type RequestEffect =
  | { readonly do: 'reserve' }
  | { readonly do: 'journal'; readonly generation: number }
  | { readonly do: 'hand'; readonly generation: number }
  /**
   * Moves the journal entry on to `failed`. `offline`: the gateway may hold what it must not, so when this is what fails
   * it, the gateway counts as not connected from the same unit of work on, and the holder is asked to end its connection.
   */
  | { readonly do: 'give-up'; readonly offline: boolean }
  /** After a pause. */
  | { readonly do: 'give-up-again'; readonly offline: boolean }
  /** `error`: the store failed before anything was sent. */
  | { readonly do: 'answer'; readonly outcome: RequestOutcome }

export type RequestOutcome = ChangeOutcome | 'busy' | 'error'

export interface RequestStep {
  readonly state: RequestState
  /** At most one: it waits for what that brings. */
  readonly effects: readonly RequestEffect[]
}

export const newRequest: RequestState = { is: 'new' }

export function requestStep(state: RequestState, input: RequestInput): RequestStep {
  switch (state.is) {
    case 'new':
      if (input.is === 'begin') return { state: { is: 'reserving' }, effects: [{ do: 'reserve' }] }
      break
    case 'reserving':
      if (input.is === 'reserved') return onReserved(input.turn)
      break
    case 'journalling':
      if (input.is === 'journalled') {
        return { state: { is: 'handing' }, effects: [{ do: 'hand', generation: state.generation }] }
      }
      if (input.is === 'not-journalled') return answer('error')
      break
    case 'handing':
      if (input.is === 'handed') return onHanded(input.outcome)
      break
    case 'giving-up':
      if (input.is === 'decided') return answer(outcomeOf(input.outcome, state.lapsed))
      if (input.is === 'undecided') return { state, effects: [{ do: 'give-up-again', offline: !state.lapsed }] }
      break
    case 'answered':
      break
  }
  return { state, effects: [] }
}

function onReserved(turn: Reserved | undefined): RequestStep {
  if (turn === 'busy') return answer('busy')
  if (turn === undefined || turn === 'gone') return answer('unreachable')
  return { state: { is: 'journalling', generation: turn }, effects: [{ do: 'journal', generation: turn }] }
}

function onHanded(outcome: ChangeOutcome | 'lapsed' | undefined): RequestStep {
  if (outcome !== undefined && outcome !== 'lapsed') return answer(outcome)
  const lapsed = outcome === 'lapsed'
  return { state: { is: 'giving-up', lapsed }, effects: [{ do: 'give-up', offline: !lapsed }] }
}

function outcomeOf(decided: Decision, lapsed: boolean): RequestOutcome {
  if (decided === 'succeeded') return 'accepted'
  return lapsed ? 'busy' : 'unreachable'
}

function answer(outcome: RequestOutcome): RequestStep {
  return { state: { is: 'answered' }, effects: [{ do: 'answer', outcome }] }
}
