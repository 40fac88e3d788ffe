import type { SettleVerdict } from '../messages.ts'
import { type Decision, settleVerdict } from './server-machine.ts'

/**
 * What the server does with a gateway it has admitted, until the gateway counts as connected: whatever was left open is
 * settled, and the gateway has proved that it holds the password of the last change that succeeded.
 */
export type WelcomeState =
  | { readonly is: 'new' | 'replacing' | 'awaiting-report' | 'ready' | 'over' }
  | { readonly is: 'looking'; readonly reported: ReportedPassword }
  | { readonly is: 'settling'; readonly changeId: string; readonly found: Found }
  | { readonly is: 'restoring'; readonly last: HeldChange }
  | { readonly is: 'adopting' }
  /** `last`: what the gateway was compared with. */
  | { readonly is: 'ticketing' | 'connecting'; readonly last: LastChange }

export interface ReportedPassword {
  readonly generation: number
  readonly unsettled?: string | undefined
  /** The last change it was told has succeeded. */
  readonly holds?: string | undefined
  /** The generation of that change; undefined: the gateway is of an older version, or was when it was told. */
  readonly holdsGeneration?: number | undefined
}

/** What there is to compare. */
interface Found {
  readonly holds: string | undefined
  readonly holdsGeneration: number | undefined
  readonly generation: number
  readonly recorded: Recorded
  readonly last: LastChange
}

/**
 * What the store knows of the change a gateway holds. `known`: it succeeded, or was adopted. `taken-back`: the operator has
 * ordered the gateway to go back to the one before.
 */
export type Recorded = 'known' | 'unknown' | 'taken-back'

/** The last change of this gateway that succeeded; undefined: none did, or another box was the gateway then. */
export type LastChange = HeldChange | undefined

export interface HeldChange {
  readonly changeId: string
  readonly generation: number
}

export type WelcomeInput =
  | { readonly is: 'admitted' }
  /** No older connection of this gateway is served any more. */
  | { readonly is: 'replaced' }
  | { readonly is: 'report'; readonly password: ReportedPassword }
  /** `outcome`: what the journal says of the unsettled change, decided by now; undefined: it knows none of this gateway. */
  | {
      readonly is: 'looked'
      readonly outcome: Decision | undefined
      readonly last: LastChange
      readonly recorded: Recorded
    }
  /** `done`: false when `last` was not so any more. `last`: what counts now; undefined when there is no deposit of it. */
  | { readonly is: 'adopted'; readonly done: boolean; readonly last: LastChange }
  | { readonly is: 'settled' | 'restored'; readonly changeId: string }
  | { readonly is: 'ticket-stored' }
  /** False: a newer connection of the same gateway was admitted meanwhile, or another change has succeeded. */
  | { readonly is: 'connected'; readonly newest: boolean }

export type WelcomeEffect =
  | { readonly do: 'replace-older' }
  /**
   * In one unit of work: an entry of `unsettled` that says `requested` fails, and takes the gateway off line; which change
   * succeeded last; and what is known of the one it holds.
   */
  | { readonly do: 'look'; readonly unsettled: string | undefined; readonly holds: string | undefined }
  | { readonly do: 'send-settle'; readonly changeId: string; readonly verdict: SettleVerdict }
  /**
   * With the deposit of that change. `over`: what the gateway holds instead. `ordered`: by the operator; only then the
   * gateway goes back to an older change.
   */
  | {
      readonly do: 'send-restore'
      readonly change: HeldChange
      readonly over: string | undefined
      readonly ordered: boolean
    }
  /**
   * The store was rolled back and learns which change the gateway holds. In one unit of work: if `last` is still the change
   * that succeeded last, it is kept aside and `change` takes its place, with the deposit the gateway has reported.
   */
  | { readonly do: 'adopt'; readonly change: HeldChange; readonly last: LastChange }
  | { readonly do: 'send-ticket' }
  /**
   * In one unit of work: if its ticket is the one issued last, and `last` is still the change that succeeded last, the row
   * says that it is connected, and entries that still say `requested` fail. Without the second condition a decision that
   * an older connection has begun, here or on another node, could commit between `look` and this: nothing would compare
   * again until the next connection.
   */
  | { readonly do: 'connect'; readonly last: LastChange }
  | { readonly do: 'serve' }
  | { readonly do: 'end' }

export interface WelcomeStep {
  readonly state: WelcomeState
  /** At most one: it waits for what that brings, or for the gateway. */
  readonly effects: readonly WelcomeEffect[]
}

export const newWelcome: WelcomeState = { is: 'new' }

/** Anything that does not belong here ends the connection: the gateway comes again and begins anew. */
export function welcomeStep(state: WelcomeState, input: WelcomeInput): WelcomeStep {
  switch (state.is) {
    case 'new':
      if (input.is === 'admitted') return { state: { is: 'replacing' }, effects: [{ do: 'replace-older' }] }
      break
    case 'replacing':
      if (input.is === 'replaced') return { state: { is: 'awaiting-report' }, effects: [] }
      break
    case 'awaiting-report':
      if (input.is === 'report') {
        const { password } = input
        return {
          state: { is: 'looking', reported: password },
          effects: [{ do: 'look', unsettled: password.unsettled, holds: password.holds }],
        }
      }
      break
    case 'looking':
      if (input.is === 'looked') return onLooked(state.reported, input)
      break
    case 'settling':
      if (input.is === 'settled' && input.changeId === state.changeId) return compare(state.found)
      break
    case 'restoring':
      if (input.is === 'restored' && input.changeId === state.last.changeId) return ticket(state.last)
      break
    case 'adopting':
      if (input.is === 'adopted' && input.done) return ticket(input.last)
      break
    case 'ticketing':
      if (input.is === 'ticket-stored') {
        const { last } = state
        return { state: { is: 'connecting', last }, effects: [{ do: 'connect', last }] }
      }
      break
    case 'connecting':
      if (input.is === 'connected') return input.newest ? { state: { is: 'ready' }, effects: [{ do: 'serve' }] } : over
      break
    case 'ready':
    case 'over':
      return { state, effects: [] }
  }
  return over
}

const over: WelcomeStep = { state: { is: 'over' }, effects: [{ do: 'end' }] }

function onLooked(
  { unsettled: changeId, holds, holdsGeneration, generation }: ReportedPassword,
  { outcome, last, recorded }: WelcomeInput & { is: 'looked' },
): WelcomeStep {
  const found: Found = { holds, holdsGeneration, generation, recorded, last }
  if (changeId === undefined) return compare(found)
  const verdict = settleVerdict(outcome)
  // What it holds once it has obeyed; what is confirmed is in the journal.
  const after: Found =
    verdict === 'confirm' ? { ...found, holds: changeId, holdsGeneration: undefined, recorded: 'known' } : found
  return {
    state: { is: 'settling', changeId, found: after },
    effects: [{ do: 'send-settle', changeId, verdict }],
  }
}

function ticket(last: LastChange): WelcomeStep {
  return { state: { is: 'ticketing', last }, effects: [{ do: 'send-ticket' }] }
}

/** Not the same change: either the disk was rolled back or the store. docs/password-protocol.md has the table. */
function compare(found: Found): WelcomeStep {
  const { holds, holdsGeneration, generation, recorded, last } = found
  if (holds === last?.changeId) return ticket(last)
  if (holds !== undefined && isServerBehind(found)) {
    const change = { changeId: holds, generation: holdsGeneration ?? generation }
    return { state: { is: 'adopting' }, effects: [{ do: 'adopt', change, last }] }
  }
  if (last === undefined) return ticket(last)
  const ordered = recorded === 'taken-back'
  return { state: { is: 'restoring', last }, effects: [{ do: 'send-restore', change: last, over: holds, ordered }] }
}

/** Of the change itself where the gateway tells it: a disk rolled back may have used higher ones for changes that failed. */
function isServerBehind({ holdsGeneration, generation, recorded, last }: Found): boolean {
  if (recorded === 'taken-back') return false
  if (last === undefined) return recorded === 'unknown'
  if (holdsGeneration !== undefined) return holdsGeneration > last.generation
  return recorded === 'unknown' && generation > last.generation
}
