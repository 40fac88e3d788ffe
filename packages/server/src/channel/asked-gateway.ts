import type { FromGateway, FromServer } from '@opensag/protocol'
import type { BusMessage } from '../bus/bus.ts'
import type { ToHolder } from './bus-messages.ts'
import type { ChannelContext } from './context.ts'
import { createRestarts, type RestartAnswer } from './restarts.ts'
import { createToolCalls } from './tool-calls.ts'

export interface AskedGatewayOptions {
  readonly context: Pick<ChannelContext, 'timers' | 'wallClock' | 'tracing' | 'logger'>
  readonly serial: string
  /** It knows the message that asks for a tool: for one it does not know it would end the connection. */
  readonly hasTools: boolean
  send(message: FromServer): void
  /** It restarts: from here on it is not online, durably, until it is connected again. */
  recordRestart(): Promise<void>
}

type Answer = RestartAnswer | Extract<FromGateway, { kind: 'tool-answer' }>

/** What one gateway is asked, and answers while a call waits or in its own time. */
export interface AskedGateway {
  ask(asked: Extract<ToHolder, { kind: 'ask' | 'restart' | 'tool' }>): Promise<BusMessage>
  answered(answer: Answer): Promise<void>
  end(): void
}

export function isAnswer(message: FromGateway): message is Answer {
  return message.kind === 'restarting' || message.kind === 'not-restarting' || message.kind === 'tool-answer'
}

export function createAskedGateway(options: AskedGatewayOptions): AskedGateway {
  const { context, serial, hasTools, send, recordRestart } = options
  const { timers, wallClock, tracing, logger } = context
  const restarts = createRestarts({ timers, send, record: recordRestart })
  const toolCalls = createToolCalls({ timers, wallClock, send })

  return {
    async ask(asked) {
      if (asked.kind === 'ask') {
        send(asked.message)
        return {}
      }
      if (asked.kind === 'restart') return { outcome: await restarts.ask(asked, tracing) }
      return hasTools ? { answer: await toolCalls.ask(asked) } : { isTooOld: true }
    },
    async answered(answer) {
      if (answer.kind === 'tool-answer') return toolCalls.answered(answer.id, answer.answer)
      logger.info({ serial, answer: answer.kind }, 'A gateway was told to restart.')
      await restarts.answered(answer)
    },
    end() {
      restarts.end()
      toolCalls.end()
    },
  }
}
