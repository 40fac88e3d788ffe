import type { ConfigMark, FromGateway, FromServer, MarkedConfig, Timers } from '@opensag/protocol'
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
  /** The newest one of the instance the gateway is bound to, from committed state; undefined when it is to hold none. */
  read(): Promise<MarkedConfig | undefined>
  send(message: FromServer): void
  /** The store could not be asked. */
  problem(error: unknown): void
}

export interface ConfigPush {
  /** What the gateway says it holds; before that nothing is sent. */
  holds(applied: ConfigMark | undefined): void
  configured(answer: Extract<FromGateway, { kind: 'configured' }>): void
  /** Sends the newest one, unless the gateway holds it or it is on its way. Never rejects. */
  look(): Promise<void>
  end(): void
}

/** Keeps one connected gateway at the newest configuration. What it is to hold is in the store only, never in here. */
export function createConfigPush(world: ConfigPushWorld): ConfigPush {
  let isOpen = false
  let held: ConfigMark | undefined
  let sent: { readonly mark: ConfigMark | undefined } | undefined
  let looking: Promise<void> | undefined
  let again = false
  let cancelRetry = (): void => {}

  async function lookOnce(): Promise<void> {
    const desired = await world.read()
    if (!isOpen || isSame(desired, sent === undefined ? held : sent.mark)) return
    sent = { mark: desired }
    world.send({ kind: 'configure', desired })
  }

  async function lookUntilQuiet(): Promise<void> {
    try {
      // Somebody may commit a newer one while this one is being read.
      do {
        again = false
        await lookOnce()
      } while (again)
    } catch (error) {
      world.problem(error)
      retry()
    } finally {
      looking = undefined
    }
  }

  function look(): Promise<void> {
    again = true
    if (!isOpen) return Promise.resolve()
    looking ??= Promise.resolve().then(lookUntilQuiet)
    return looking
  }

  function retry(): void {
    cancelRetry()
    if (isOpen) cancelRetry = world.timers.after(world.retryMs, () => void look())
  }

  return {
    holds(applied) {
      isOpen = true
      held = applied
      void look()
    },
    configured({ applied, problem }) {
      held = applied
      if (problem !== undefined) {
        sent = undefined
        retry()
      } else if (sent !== undefined && isSame(sent.mark, applied)) {
        sent = undefined
      }
    },
    look,
    end() {
      isOpen = false
      cancelRetry()
    },
  }
}

function isSame(a: ConfigMark | undefined, b: ConfigMark | undefined): boolean {
  return a?.instanceId === b?.instanceId && a?.revision === b?.revision
}
