import type { Meaning } from './answer.ts'

/**
 * The rotation of one gateway. Every attempt of a run carries the same new password, so whichever of them worked, the
 * gateway holds that password or the one before. What an attempt did is known from its answer, or from the endpoint's own
 * record (`read-back`) where it keeps one, or it is not known: then that is the outcome, never a guess.
 */
export interface RotationState {
  readonly is: 'waiting' | 'calling' | 'pausing' | 'checking' | 'offline' | 'done'
  /** Of this run, from 1. */
  readonly attempt: number
  /** Why it is not known whether some attempt worked: then only a success or the endpoint's record ends in anything but `unknown`. */
  readonly doubt: string | undefined
  /** Why the last attempt was no success. */
  readonly why: string
  readonly outcome: Outcome | undefined
}

/** - `kept`: it holds the password from before; `offline` is that too, for a gateway that could not be reached. */
export type Outcome =
  | { readonly is: 'changed' }
  | { readonly is: 'kept'; readonly why: string }
  | { readonly is: 'offline'; readonly why: string }
  | { readonly is: 'unknown'; readonly why: string }
  | { readonly is: 'unsupported'; readonly why: string }

export interface RotationSettings {
  /** Attempts in a row, the first included. */
  readonly attempts: number
  /** The endpoint tells what became of earlier calls. */
  readonly canReadBack: boolean
  /** A call whose answer was lost is made again although it may have worked. */
  readonly repeatLost: boolean
  /** A gateway that is offline is waited for. */
  readonly waitOffline: boolean
}

export type RotationInput =
  | { readonly is: 'begin' }
  | { readonly is: 'answered'; readonly meaning: Meaning; readonly why: string }
  /** The call was sent, and no answer came. */
  | { readonly is: 'lost'; readonly why: string }
  /** The call never left. */
  | { readonly is: 'not-sent'; readonly why: string }
  | { readonly is: 'checked'; readonly found: 'changed' | 'unchanged' | 'unknown' }
  | { readonly is: 'paused' }
  | { readonly is: 'online' }
  | { readonly is: 'waited-enough' }

export type RotationEffect =
  | { readonly do: 'call' }
  | { readonly do: 'pause'; readonly attempt: number }
  | { readonly do: 'read-back' }
  | { readonly do: 'await-online' }
  /** Nothing of this rotation can go on: no calls for other gateways. */
  | { readonly do: 'halt'; readonly why: string }

export interface RotationStep {
  readonly state: RotationState
  readonly effects: readonly RotationEffect[]
}

export const notBegun: RotationState = { is: 'waiting', attempt: 0, doubt: undefined, why: '', outcome: undefined }

/** A run before this one left it not knowing what became of a call; `why`, unless it was killed before the answer came. */
export function leftInDoubt(why = 'interrupted before the answer came'): RotationState {
  return { ...notBegun, doubt: why }
}

export function rotationStep(state: RotationState, input: RotationInput, settings: RotationSettings): RotationStep {
  switch (input.is) {
    case 'begin':
      if (state.is !== 'waiting') return stay(state)
      return state.doubt === undefined ? call(state) : resolve(state, settings, settings.repeatLost)
    case 'answered':
      return state.is === 'calling' ? onAnswer(state, input.meaning, input.why, settings) : stay(state)
    case 'lost':
      if (state.is !== 'calling') return stay(state)
      return resolve({ ...state, doubt: input.why, why: input.why }, settings, settings.repeatLost)
    case 'not-sent':
      return state.is === 'calling' ? later({ ...state, why: input.why }, settings) : stay(state)
    case 'checked':
      return state.is === 'checking' ? onChecked(state, input.found, settings) : stay(state)
    case 'paused':
      return state.is === 'pausing' ? call(state) : stay(state)
    case 'online':
      // It came back: what went before says nothing of the attempts to come.
      return state.is === 'offline' ? call({ ...state, attempt: 0 }) : stay(state)
    case 'waited-enough':
      return state.is === 'offline' ? end(state, { is: 'offline', why: state.why }) : stay(state)
  }
}

function onAnswer(before: RotationState, meaning: Meaning, why: string, settings: RotationSettings): RotationStep {
  const state = { ...before, why }
  switch (meaning) {
    case 'changed':
      return end(state, { is: 'changed' })
    case 'again':
      return later(state, settings)
    case 'offline':
      if (settings.waitOffline) return { state: { ...state, is: 'offline' }, effects: [{ do: 'await-online' }] }
      return end(state, { is: 'offline', why })
    case 'refused':
      return end(state, { is: 'kept', why })
    case 'unclear':
      // Asking again with the same password is what published clients do on such answers; a success settles it.
      return resolve({ ...state, doubt: why }, settings, true)
    case 'halt':
      // As if it had not been begun; a call before this one may still be in doubt.
      return { state: { ...state, is: 'waiting' }, effects: [{ do: 'halt', why }] }
  }
}

/** Finds out what became of the last attempt, in the best way there is. */
function resolve(state: RotationState, settings: RotationSettings, mayRepeat: boolean): RotationStep {
  if (settings.canReadBack) return { state: { ...state, is: 'checking' }, effects: [{ do: 'read-back' }] }
  return mayRepeat ? later(state, settings) : end(state, { is: 'unknown', why: state.doubt ?? state.why })
}

function onChecked(
  state: RotationState,
  found: 'changed' | 'unchanged' | 'unknown',
  settings: RotationSettings,
): RotationStep {
  if (found === 'changed') return end(state, { is: 'changed' })
  if (found === 'unchanged') return later({ ...state, doubt: undefined }, settings)
  return end(state, { is: 'unknown', why: state.doubt ?? state.why })
}

function later(state: RotationState, { attempts }: RotationSettings): RotationStep {
  if (state.attempt >= attempts) return end(state, { is: 'kept', why: state.why })
  if (state.attempt === 0) return call(state)
  return { state: { ...state, is: 'pausing' }, effects: [{ do: 'pause', attempt: state.attempt }] }
}

function call(state: RotationState): RotationStep {
  return { state: { ...state, is: 'calling', attempt: state.attempt + 1 }, effects: [{ do: 'call' }] }
}

function end(state: RotationState, outcome: Outcome): RotationStep {
  const honest: Outcome =
    state.doubt === undefined || outcome.is === 'changed' ? outcome : { is: 'unknown', why: state.doubt }
  return { state: { ...state, is: 'done', outcome: honest }, effects: [] }
}

function stay(state: RotationState): RotationStep {
  return { state, effects: [] }
}
