import {
  type ConfigPushEffect,
  type ConfigPushInput,
  type ConfigPushState,
  type ConfigStatus,
  closedPush,
  configPushStep,
  drive,
  type FromGateway,
  type FromServer,
  type MarkedConfig,
  markOf,
  type Timers,
} from '@opensag/protocol'
import type { Logger } from 'pino'
import { type Bus, NoReply, NoResponder } from '../bus/bus.ts'
import type { TellGateways } from '../store/repositories.ts'
import type { ToHolder } from './bus-messages.ts'

const tellMs = 5000

/** Asks the nodes that hold these gateways to look for a newer configuration. One that is offline gets it when it comes. */
export function createTellGateways({ bus, logger }: { readonly bus: Bus; readonly logger: Logger }): TellGateways {
  async function tell(serial: string): Promise<void> {
    try {
      await bus.request(serial, { kind: 'configure' } satisfies ToHolder, tellMs)
    } catch (error) {
      if (error instanceof NoResponder || error instanceof NoReply) return
      logger.error({ serial, err: error }, 'A gateway could not be told of its configuration.')
    }
  }
  return (serials) => {
    for (const serial of serials) void tell(serial)
  }
}

export interface ConfigPushContext {
  readonly timers: Timers
  /** After a configuration could not be put in force, or not be read here. */
  readonly retryMs: number
  /** How long a gateway keeps one that is not confirmed. */
  readonly confirmMs: number
  /** The newest one of the instance the gateway is bound to, from committed state; undefined when it is to hold none. */
  read(): Promise<MarkedConfig | undefined>
  send(message: FromServer): void
  /** The store could not be asked. */
  problem(error: unknown): void
}

export interface ConfigPush {
  /** What the gateway says in a report; before the first nothing is sent. */
  reported(status: ConfigStatus): void
  configured(answer: Extract<FromGateway, { kind: 'configured' }>): void
  /** Sends the newest one, unless the gateway holds it, has given it up, or it is on its way. Never rejects. */
  look(): Promise<void>
  end(): void
}

/** Keeps one connected gateway at the newest configuration. What it is to hold is in the store only, never in here. */
export function createConfigPush(context: ConfigPushContext): ConfigPush {
  /** As it was read last. Whatever is to be sent follows from that at once. */
  let desired: MarkedConfig | undefined
  /** One that has not begun will see whatever is committed by then: another one brings nothing. */
  let isLookInLine = false
  let cancelRetry = (): void => {}

  const driven = drive<ConfigPushState, ConfigPushInput, ConfigPushEffect>(
    {
      machine: { initial: closedPush, step: configPushStep },
      // Reading takes a while; nothing else waits for that.
      urgent: (effect) => effect.do !== 'look',
      failed(_, error) {
        context.problem(error)
        return { is: 'unreadable' }
      },
    },
    {
      async look() {
        isLookInLine = false
        desired = await context.read()
        return { is: 'newest', mark: desired && markOf(desired) }
      },
      'look-later'() {
        cancelRetry()
        cancelRetry = context.timers.after(context.retryMs, () => void look())
      },
      send: () => void context.send({ kind: 'configure', desired, confirmMs: context.confirmMs }),
      confirm: ({ trial }) => void context.send({ kind: 'confirm', trial }),
    },
  )

  function look(): Promise<void> {
    if (driven.state.is !== 'closed' && !isLookInLine) {
      isLookInLine = true
      driven.input({ is: 'changed' })
    }
    return driven.idle()
  }

  return {
    reported: (status) => driven.input({ is: 'reported', status }),
    configured: ({ problem, ...status }) => driven.input({ is: 'configured', status, problem: problem !== undefined }),
    look,
    end() {
      cancelRetry()
      driven.input({ is: 'ended' })
    },
  }
}
