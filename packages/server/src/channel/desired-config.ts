import {
  type ConfigPushEffect,
  type ConfigPushInput,
  type ConfigPushState,
  type ConfigStatus,
  closedPush,
  configPushStep,
  type Drive,
  type Driven,
  drive,
  type FromGateway,
  type FromServer,
  type MarkedConfig,
  markOf,
  type Ports,
  type Timers,
} from '@opensag/protocol'
import type { Logger } from 'pino'
import { type Bus, NoReply, NoResponder } from '../bus/bus.ts'
import type { TellGateways } from '../store/repositories.ts'
import type { ToHolder } from './bus-messages.ts'

const tellMs = 5000

/** Asks the nodes that hold these gateways to look for a newer configuration. One that is offline gets it when it comes. */
export function createTellGateways({ bus, logger }: { readonly bus: Bus; readonly logger: Logger }): TellGateways {
  async function tell(serial: string, message: ToHolder): Promise<void> {
    try {
      await bus.request(serial, message, tellMs)
    } catch (error) {
      if (error instanceof NoResponder || error instanceof NoReply) return
      logger.error({ serial, err: error }, 'A gateway could not be told of its configuration.')
    }
  }
  return (serials, sessions = new Map()) => {
    for (const serial of serials) void tell(serial, { kind: 'configure' })
    for (const [pop, ids] of sessions) void tell(pop, { kind: 'sessions', sessions: [...ids] })
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
  return new Push(context)
}

const machine = { initial: closedPush, step: configPushStep } as const

/** Of a class, as a server has one for every gateway that is connected. */
class Push implements ConfigPush {
  private readonly pending: PushPorts
  private readonly driven: Driven<ConfigPushState, ConfigPushInput, ConfigPushEffect>

  constructor(context: ConfigPushContext) {
    this.pending = new PushPorts(context, () => void this.look())
    this.driven = drive(this.pending, this.pending)
  }

  reported({ applied, trial, reverted, failing }: ConfigStatus): void {
    // Nothing else of what it reported is kept.
    this.driven.input({ is: 'reported', status: { applied, trial, reverted, failing } })
  }

  configured({ problem, applied, trial, reverted, failing }: Extract<FromGateway, { kind: 'configured' }>): void {
    const status = { applied, trial, reverted, failing }
    this.driven.input({ is: 'configured', status, problem: problem !== undefined })
  }

  look(): Promise<void> {
    if (this.driven.state.is !== 'closed' && !this.pending.isLookInLine) {
      this.pending.isLookInLine = true
      this.driven.input({ is: 'changed' })
    }
    return this.driven.idle()
  }

  end(): void {
    this.pending.cancelRetry()
    this.driven.input({ is: 'ended' })
  }
}

/** Carries out what the machine says. */
class PushPorts
  implements Ports<ConfigPushEffect, ConfigPushInput>, Drive<ConfigPushState, ConfigPushInput, ConfigPushEffect>
{
  readonly machine = machine
  /** One that has not begun will see whatever is committed by then: another one brings nothing. */
  isLookInLine = false
  cancelRetry: () => void = noRetry
  private readonly context: ConfigPushContext
  private readonly lookAgain: () => void
  /** As it was read last. Whatever is to be sent follows from that at once. */
  private desired: MarkedConfig | undefined

  constructor(context: ConfigPushContext, lookAgain: () => void) {
    this.context = context
    this.lookAgain = lookAgain
  }

  /** Reading takes a while; nothing else waits for that. */
  urgent(effect: ConfigPushEffect): boolean {
    return effect.do !== 'look'
  }

  failed(_: ConfigPushEffect, error: unknown): ConfigPushInput {
    this.context.problem(error)
    return { is: 'unreadable' }
  }

  /** What was read and sent, or was not wanted, is read anew next time. */
  onIdle(): void {
    this.desired = undefined
  }

  async look(): Promise<ConfigPushInput> {
    this.isLookInLine = false
    this.desired = await this.context.read()
    return { is: 'newest', mark: this.desired && markOf(this.desired) }
  }

  'look-later'(): undefined {
    this.cancelRetry()
    this.cancelRetry = this.context.timers.after(this.context.retryMs, this.lookAgain)
  }

  send(): undefined {
    this.context.send({ kind: 'configure', desired: this.desired, confirmMs: this.context.confirmMs })
  }

  confirm({ trial }: { readonly trial: number }): undefined {
    this.context.send({ kind: 'confirm', trial })
  }
}

function noRetry(): void {}
