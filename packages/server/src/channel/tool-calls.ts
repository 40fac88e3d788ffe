import {
  createPace,
  type FromServer,
  type Pace,
  type Timers,
  type ToolAnswer,
  type ToolRequest,
  toolPace,
  type WallClock,
} from '@opensag/protocol'

/** An answer is on its way for so long at most. */
const wayMs = 1000

export interface ToolCallsContext {
  readonly timers: Timers
  readonly wallClock: WallClock
  send(message: FromServer): void
}

export interface ToolCall {
  readonly commandId: string
  readonly request: ToolRequest
  readonly timeoutMs: number
}

export interface ToolCalls {
  /** Undefined: no answer came, in time or at all, so that nobody knows what became of it. */
  ask(call: ToolCall): Promise<ToolAnswer | undefined>
  answered(id: string, answer: ToolAnswer): void
  end(): void
}

/** Asks one gateway for a tool, one at a time; the order of the messages is in docs/gateway-protocol.md. */
export function createToolCalls({ timers, wallClock, send }: ToolCallsContext): ToolCalls {
  const allowance: Pace = createPace(toolPace, wallClock)
  let waiting: { readonly id: string; readonly answer: (answer: ToolAnswer | undefined) => void } | undefined
  let hasEnded = false

  return {
    ask({ commandId, request, timeoutMs }) {
      if (hasEnded) return Promise.resolve(undefined)
      if (waiting !== undefined || !allowance.take()) return Promise.resolve({ is: 'busy' })
      return new Promise((resolve) => {
        const cancel = timers.after(timeoutMs, () => waiting?.answer(undefined))
        waiting = {
          id: commandId,
          answer(answer) {
            cancel()
            waiting = undefined
            resolve(answer)
          },
        }
        // So that the gateway can still say itself that its time was over.
        send({ kind: 'tool', id: commandId, request, withinMs: Math.max(timeoutMs - wayMs, Math.ceil(timeoutMs / 2)) })
      })
    },
    answered(id, answer) {
      if (waiting?.id === id) waiting.answer(answer)
    },
    end() {
      hasEnded = true
      waiting?.answer(undefined)
    },
  }
}
