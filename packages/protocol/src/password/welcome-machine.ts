import type { SettleVerdict } from '../messages.ts'
import { type Decision, settleVerdict } from './server-machine.ts'

/**
 * What the server does with a gateway it has admitted, until the gateway counts as connected: whatever was left open is
 * settled, and the gateway has proved that it holds the password of the last change that succeeded.
 */
export type WelcomeState =
  | { readonly is: 'new' | 'replacing' | 'awaiting-report' | 'ticketing' | 'connecting' | 'ready' | 'over' }
  | { readonly is: 'looking'; readonly reported: ReportedPassword }
  | {
      readonly is: 'settling'
      readonly changeId: string
      readonly holds: string | undefined
      readonly last: LastChange
    }
  | { readonly is: 'restoring'; readonly changeId: string }

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
  /** False: a newer connection of the same gateway was admitted meanwhile. */
  | { readonly is: 'connected'; readonly newest: boolean }

export type WelcomeEffect =
  | { readonly do: 'replace-older' }
  /** In one unit of work: an entry of `unsettled` that says `requested` fails; and which change succeeded last. */
  | { readonly do: 'look'; readonly unsettled: string | undefined }
  | { readonly do: 'send-settle'; readonly changeId: string; readonly verdict: SettleVerdict }
  /** With the deposit of that change. `over`: what the gateway holds instead. */
  | { readonly do: 'send-restore'; readonly change: HeldChange; readonly over: string | undefined }
  | { readonly do: 'send-ticket' }
  /** The row says so, if its ticket is the one issued last; entries that still say `requested` fail. */
  | { readonly do: 'connect' }
  | { readonly do: 'serve' }
  | { readonly do: 'end' }

export interface WelcomeStep {
  readonly state: WelcomeState
  /** Undefined: it waits. */
  readonly effect: WelcomeEffect | undefined
}

export const newWelcome: WelcomeState = { is: 'new' }

/** Anything that does not belong here ends the connection: the gateway comes again and begins anew. */
export function welcomeStep(state: WelcomeState, input: WelcomeInput): WelcomeStep {
  switch (state.is) {
    case 'new':
      if (input.is === 'admitted') return { state: { is: 'replacing' }, effect: { do: 'replace-older' } }
      break
    case 'replacing':
      if (input.is === 'replaced') return { state: { is: 'awaiting-report' }, effect: undefined }
      break
    case 'awaiting-report':
      if (input.is === 'report') {
        const { password } = input
        return { state: { is: 'looking', reported: password }, effect: { do: 'look', unsettled: password.unsettled } }
      }
      break
    case 'looking':
      if (input.is === 'looked') return onLooked(state.reported, input)
      break
    case 'settling':
      if (input.is === 'settled' && input.changeId === state.changeId) return compare(state.holds, state.last)
      break
    case 'restoring':
      if (input.is === 'restored' && input.changeId === state.changeId) return ticket
      break
    case 'ticketing':
      if (input.is === 'ticket-stored') return { state: { is: 'connecting' }, effect: { do: 'connect' } }
      break
    case 'connecting':
      if (input.is === 'connected') return input.newest ? { state: { is: 'ready' }, effect: { do: 'serve' } } : over
      break
    case 'ready':
    case 'over':
      return { state, effect: undefined }
  }
  return over
}

const ticket: WelcomeStep = { state: { is: 'ticketing' }, effect: { do: 'send-ticket' } }
const over: WelcomeStep = { state: { is: 'over' }, effect: { do: 'end' } }

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
    effect: { do: 'send-settle', changeId, verdict },
  }
}

/** By identity, not by order: a disk rolled back may have used higher generations than the change it lacks. */
function compare(holds: string | undefined, last: LastChange): WelcomeStep {
  if (last === undefined || last.changeId === holds) return ticket
  return {
    state: { is: 'restoring', changeId: last.changeId },
    effect: { do: 'send-restore', change: last, over: holds },
  }
}
