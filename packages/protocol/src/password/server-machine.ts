import type { SettleVerdict } from '../messages.ts'

/**
 * The server's side of one change, on the node that holds the gateway's connection. It begins when the journal says
 * `requested` durably. The journal decides: whatever this side would like, the entry leaves `requested` once, and the
 * outcome it then has is what is answered. docs/password-protocol.md has the tables.
 */
export type ServerState =
  | { readonly is: 'new' }
  | { readonly is: 'waiting' }
  | { readonly is: 'deciding'; readonly wanted: Wanted }
  | { readonly is: 'decided' }

type Wanted = 'accepted' | 'refused' | 'late' | 'lost'

export type JournalOutcome = 'requested' | 'succeeded' | 'failed'
export type Decision = Exclude<JournalOutcome, 'requested'>
export type ChangeOutcome = 'accepted' | 'unreachable' | 'refused'

export type ServerInput =
  | { readonly is: 'begin' }
  | { readonly is: 'ack' }
  | { readonly is: 'nack' }
  | { readonly is: 'deadline' }
  | { readonly is: 'disconnected' }
  /** The journal's answer to `decide`. */
  | { readonly is: 'journalled'; readonly outcome: Decision }

export type ServerEffect =
  | { readonly do: 'send-set' }
  /**
   * Compare and set from `requested`; comes back as `journalled` with what the entry says then, durably. `offline`: the
   * gateway may hold what it must not; if this fails the entry, it counts as not connected in the same unit of work.
   */
  | { readonly do: 'decide'; readonly outcome: Decision; readonly offline: boolean }
  | { readonly do: 'answer'; readonly outcome: ChangeOutcome }
  | { readonly do: 'send-settle'; readonly verdict: SettleVerdict }
  /** The gateway may hold what it must not: offline until it was settled on reconnecting. Done before the next effect. */
  | { readonly do: 'close' }

export interface ServerStep {
  readonly state: ServerState
  readonly effects: readonly ServerEffect[]
}

export const newChange: ServerState = { is: 'new' }

const wantedAfter = { ack: 'accepted', nack: 'refused', deadline: 'late', disconnected: 'lost' } as const

export function serverStep(state: ServerState, input: ServerInput): ServerStep {
  switch (input.is) {
    case 'begin':
      return state.is === 'new' ? { state: { is: 'waiting' }, effects: [{ do: 'send-set' }] } : stay(state)
    case 'journalled':
      return state.is === 'deciding'
        ? { state: { is: 'decided' }, effects: conclude(state.wanted, input.outcome) }
        : stay(state)
    default: {
      // The first of them counts. An ack after the deadline changes nothing: the journal is being asked to say failed.
      if (state.is !== 'waiting') return stay(state)
      const wanted = wantedAfter[input.is]
      const outcome = wanted === 'accepted' ? 'succeeded' : 'failed'
      const offline = wanted === 'late' || wanted === 'lost'
      return { state: { is: 'deciding', wanted }, effects: [{ do: 'decide', outcome, offline }] }
    }
  }
}

function conclude(wanted: Wanted, outcome: Decision): readonly ServerEffect[] {
  if (outcome === 'succeeded') {
    return [
      { do: 'answer', outcome: 'accepted' },
      { do: 'send-settle', verdict: 'confirm' },
    ]
  }
  if (wanted === 'refused') return [{ do: 'answer', outcome: 'refused' }]
  if (wanted === 'lost') return [{ do: 'answer', outcome: 'unreachable' }]
  return [{ do: 'close' }, { do: 'answer', outcome: 'unreachable' }]
}

function stay(state: ServerState): ServerStep {
  return { state, effects: [] }
}

/**
 * What a gateway that reports an unsettled change is told. An entry that still says `requested` was left by a crash or
 * belongs to an older connection: it has to be decided `failed` first.
 */
export function settleVerdict(outcome: Decision | undefined): SettleVerdict {
  return outcome === 'succeeded' ? 'confirm' : 'revert'
}
