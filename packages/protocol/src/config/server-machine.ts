import type { ConfigMark } from '../messages.ts'
import { type ConfigStatus, sameMark } from './record.ts'

/**
 * The server's side of one gateway's configuration, on the node that holds its connection. What the gateway is to hold is
 * in the store only; this keeps in mind what it said last and what is on its way to it.
 */
export type ConfigPushState =
  /** Nothing is known yet, or nothing is to be sent any more. */
  { readonly is: 'closed' } | { readonly is: 'open'; readonly status: ConfigStatus; readonly sent: Sent | null }

export interface Sent {
  /** Undefined: that it is to hold none. */
  readonly mark: ConfigMark | undefined
}

export type ConfigPushInput =
  /** In a report: nothing that was sent before is on its way any more, or it will be answered. */
  | { readonly is: 'reported'; readonly status: ConfigStatus }
  /** `problem`: it could not even be stored. */
  | { readonly is: 'configured'; readonly status: ConfigStatus; readonly problem: boolean }
  /** The store may say something newer from now on. */
  | { readonly is: 'changed' }
  /** What the store says it is to hold. */
  | { readonly is: 'newest'; readonly mark: ConfigMark | undefined }
  | { readonly is: 'unreadable' }
  | { readonly is: 'ended' }

export type ConfigPushEffect =
  /** Read the store, which comes back as `newest` or `unreadable`. */
  | { readonly do: 'look' }
  | { readonly do: 'look-later' }
  | { readonly do: 'send'; readonly mark: ConfigMark | undefined }
  /** It has reached this server with what is on trial. It believes that only on a connection made since. */
  | { readonly do: 'confirm'; readonly trial: number }

export interface ConfigPushStep {
  readonly state: ConfigPushState
  readonly effects: readonly ConfigPushEffect[]
}

export const closedPush: ConfigPushState = { is: 'closed' }

export function configPushStep(state: ConfigPushState, input: ConfigPushInput): ConfigPushStep {
  switch (input.is) {
    case 'reported': {
      const { status } = input
      const sent = state.is === 'open' ? state.sent : null
      return { state: { is: 'open', status, sent }, effects: [...confirmations(status), { do: 'look' }] }
    }
    case 'configured': {
      if (state.is === 'closed') return { state, effects: [] }
      const { status } = input
      if (input.problem) return { state: { is: 'open', status, sent: null }, effects: [{ do: 'look-later' }] }
      const isAnswered = state.sent !== null && isSettled(status, state.sent.mark)
      // It took, or gave up, one that was not known to be on its way any more: an older problem was heard of in between.
      const isSame = sameMark(status.applied, state.status.applied) && sameMark(givenUp(status), givenUp(state.status))
      const isNews = state.sent === null && !isSame
      return {
        state: { is: 'open', status, sent: isAnswered ? null : state.sent },
        effects: isNews ? [{ do: 'look' }] : [],
      }
    }
    case 'changed':
      return { state, effects: state.is === 'closed' ? [] : [{ do: 'look' }] }
    case 'newest':
      if (state.is === 'closed' || !isWanted(state, input.mark)) return { state, effects: [] }
      return { state: { ...state, sent: { mark: input.mark } }, effects: [{ do: 'send', mark: input.mark }] }
    case 'unreadable':
      return { state, effects: state.is === 'closed' ? [] : [{ do: 'look-later' }] }
    case 'ended':
      return { state: closedPush, effects: [] }
  }
}

/** What a gateway on trial is told over a connection of its own that it makes for this. */
export function confirmations({ trial }: ConfigStatus): readonly (ConfigPushEffect & { readonly do: 'confirm' })[] {
  return trial === undefined ? [] : [{ do: 'confirm', trial }]
}

/** The gateway holds it, or has given it up: sending it again would bring nothing. */
export function isSettled(status: ConfigStatus, mark: ConfigMark | undefined): boolean {
  return sameMark(status.applied, mark) || (mark !== undefined && sameMark(givenUp(status), mark))
}

/** What the gateway does not take again. One that it could as little be reached without is still to be had. */
export function givenUp({ reverted }: ConfigStatus): ConfigStatus['reverted'] {
  return reverted?.unreached === true ? undefined : reverted
}

function isWanted({ status, sent }: ConfigPushState & { is: 'open' }, mark: ConfigMark | undefined): boolean {
  return sent === null ? !isSettled(status, mark) : !sameMark(sent.mark, mark)
}
