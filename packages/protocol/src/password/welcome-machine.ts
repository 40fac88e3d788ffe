import type { SettleVerdict } from '../messages.ts'
import { type Decision, settleVerdict } from './server-machine.ts'

/**
 * What the server does with a gateway it has admitted, until the gateway counts as connected: whatever was left open is
 * settled, and the gateway has proved that it holds the password of the last change that succeeded.
 */
export type WelcomeState =
  | { readonly is: 'new' | 'replacing' | 'awaiting-report' | 'ready' | 'over' }
  | { readonly is: 'looking'; readonly reported: ReportedPassword }
  | {
      readonly is: 'settling'
      readonly changeId: string
      readonly holds: string | undefined
      readonly last: LastChange
    }
  | { readonly is: 'restoring'; readonly last: HeldChange }
  /** `last`: what the gateway was compared with. */
  | { readonly is: 'ticketing' | 'connecting'; readonly last: LastChange }

export interface ReportedPassword {
  readonly generation: number
  readonly unsettled?: string | undefined
  /** The last change it was told has succeeded. */
  readonly holds?: string | undefined
}

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
  | { readonly is: 'looked'; readonly outcome: Decision | undefined; readonly last: LastChange }
  | { readonly is: 'settled' | 'restored'; readonly changeId: string }
  | { readonly is: 'ticket-stored' }
  /** False: a newer connection of the same gateway was admitted meanwhile, or another change has succeeded. */
  | { readonly is: 'connected'; readonly newest: boolean }

export type WelcomeEffect =
  | { readonly do: 'replace-older' }
  /** In one unit of work: an entry of `unsettled` that says `requested` fails; and which change succeeded last. */
  | { readonly do: 'look'; readonly unsettled: string | undefined }
  | { readonly do: 'send-settle'; readonly changeId: string; readonly verdict: SettleVerdict }
  /** With the deposit of that change. `over`: what the gateway holds instead. */
  | { readonly do: 'send-restore'; readonly change: HeldChange; readonly over: string | undefined }
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
          effects: [{ do: 'look', unsettled: password.unsettled }],
        }
      }
      break
    case 'looking':
      if (input.is === 'looked') return onLooked(state.reported, input)
      break
    case 'settling':
      if (input.is === 'settled' && input.changeId === state.changeId) return compare(state.holds, state.last)
      break
    case 'restoring':
      if (input.is === 'restored' && input.changeId === state.last.changeId) return ticket(state.last)
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
  { unsettled: changeId, holds }: ReportedPassword,
  { outcome, last }: WelcomeInput & { is: 'looked' },
): WelcomeStep {
  if (changeId === undefined) return compare(holds, last)
  const verdict = settleVerdict(outcome)
  // What it holds once it has obeyed.
  const after = verdict === 'confirm' ? changeId : holds
  return {
    state: { is: 'settling', changeId, holds: after, last },
    effects: [{ do: 'send-settle', changeId, verdict }],
  }
}

function ticket(last: LastChange): WelcomeStep {
  return { state: { is: 'ticketing', last }, effects: [{ do: 'send-ticket' }] }
}

/** By identity, not by order: a disk rolled back may have used higher generations than the change it lacks. */
function compare(holds: string | undefined, last: LastChange): WelcomeStep {
  if (last === undefined || last.changeId === holds) return ticket(last)
  return {
    state: { is: 'restoring', last },
    effects: [{ do: 'send-restore', change: last, over: holds }],
  }
}
