import {
  type ConfigPushEffect,
  type ConfigPushInput,
  type ConfigStanding,
  closedPush,
  configPushStep,
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

export interface ConfigPushWorld {
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
  reported(standing: ConfigStanding): void
  configured(answer: Extract<FromGateway, { kind: 'configured' }>): void
  /** Sends the newest one, unless the gateway holds it, has given it up, or it is on its way. Never rejects. */
  look(): Promise<void>
  end(): void
}

/** Keeps one connected gateway at the newest configuration. What it is to hold is in the store only, never in here. */
export function createConfigPush(world: ConfigPushWorld): ConfigPush {
  let state = closedPush
  let looking: Promise<void> | undefined
  let again = false
  let cancelRetry = (): void => {}

  function input(given: ConfigPushInput, desired?: MarkedConfig): void {
    const step = configPushStep(state, given)
    state = step.state
    for (const effect of step.effects) carryOut(effect, desired)
  }

  function carryOut(effect: ConfigPushEffect, desired: MarkedConfig | undefined): void {
    switch (effect.do) {
      case 'look':
        void look()
        return
      case 'look-later':
        cancelRetry()
        cancelRetry = world.timers.after(world.retryMs, () => void look())
        return
      case 'send':
        world.send({ kind: 'configure', desired, confirmMs: world.confirmMs })
        return
      case 'confirm':
        world.send({ kind: 'confirm', trial: effect.trial })
    }
  }

  async function lookUntilQuiet(): Promise<void> {
    try {
      // Somebody may commit a newer one while this one is being read.
      do {
        again = false
        const desired = await world.read()
        input({ is: 'newest', mark: desired && markOf(desired) }, desired)
      } while (again)
    } catch (error) {
      world.problem(error)
      input({ is: 'unreadable' })
    } finally {
      looking = undefined
    }
  }

  function look(): Promise<void> {
    again = true
    if (state.is === 'closed') return Promise.resolve()
    looking ??= Promise.resolve().then(lookUntilQuiet)
    return looking
  }

  return {
    reported: (standing) => input({ is: 'reported', standing }),
    configured: ({ problem, ...standing }) => input({ is: 'configured', standing, problem: problem !== undefined }),
    look,
    end() {
      cancelRetry()
      input({ is: 'ended' })
    },
  }
}
