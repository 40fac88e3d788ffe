import type { FromGateway, FromServer, Timers } from '@opensag/protocol'
import type { CommandOutcome } from '../model/gateway-requests.ts'
import { toldGateway } from '../tracing/gateway-span.ts'
import { noTracing, type Tracing } from '../tracing/tracing.ts'

export interface RestartsContext {
  readonly timers: Timers
  send(message: FromServer): void
  /** From here on it is not online, durably, until it is connected again. */
  record(): Promise<void>
}

export type RestartAnswer = Extract<FromGateway, { kind: 'restarting' | 'not-restarting' }>

export interface RestartCommand {
  readonly commandId: string
  readonly version?: string | undefined
  readonly timeoutMs: number
}

export interface Restarts {
  /** With a version: it restarts into that firmware. */
  ask(command: RestartCommand, tracing?: Tracing): Promise<CommandOutcome>
  answered(message: RestartAnswer): Promise<void>
  end(): void
}

/** Calls that wait for one gateway; more of them would bring nothing. */
const mostWaiting = 16

const spanOutcomes = { done: 'applied', refused: 'refused', unreachable: 'unknown' } as const

/** Tells one gateway to restart; the order of the messages is in docs/gateway-protocol.md. */
export function createRestarts({ timers, send, record }: RestartsContext): Restarts {
  const waiting = new Map<string, (outcome: CommandOutcome) => void>()
  let ended = false

  return {
    ask({ commandId, version, timeoutMs }, tracing = noTracing) {
      if (ended || waiting.size >= mostWaiting) return Promise.resolve('unreachable')
      const told = toldGateway(tracing, version === undefined ? 'reboot' : 'upgrade')
      return new Promise((resolve) => {
        const cancel = timers.after(timeoutMs, () => answer('unreachable'))
        function answer(outcome: CommandOutcome): void {
          cancel()
          waiting.delete(commandId)
          told.ended(spanOutcomes[outcome])
          resolve(outcome)
        }
        waiting.set(commandId, answer)
        send(version === undefined ? { kind: 'reboot', commandId } : { kind: 'upgrade', commandId, version })
      })
    },
    async answered({ kind, commandId }) {
      if (kind === 'not-restarting') {
        waiting.get(commandId)?.('refused')
        return
      }
      // Also when nobody waits any more: it does restart.
      await record()
      waiting.get(commandId)?.('done')
      send({ kind: 'go' })
    },
    end() {
      ended = true
      for (const answer of [...waiting.values()]) answer('unreachable')
    },
  }
}
