import type { Random } from '@opensag/protocol'
import { type Bus, NoReply, NoResponder } from '../bus/bus.ts'
import type { CommandOutcome, GatewayCommands } from '../operations/context.ts'
import { restartedSchema, type ToHolder } from './bus-messages.ts'

export interface GatewayCommandsOptions {
  readonly bus: Bus
  readonly random: Random
  /** How long a gateway may take to agree. */
  readonly deadlineMs?: number
}

const defaultDeadlineMs = 10_000
/** What the holder may take beyond the deadline to answer. */
const answerMs = 3000
const commandIdBytes = 15

/** What operations tell gateways; any node can do it for any gateway. */
export function createGatewayCommands(options: GatewayCommandsOptions): GatewayCommands {
  const { bus, random, deadlineMs = defaultDeadlineMs } = options

  async function ask<T>(serial: string, message: ToHolder, read: (reply: unknown) => T): Promise<T | 'unreachable'> {
    try {
      return read(await bus.request(serial, message, deadlineMs + answerMs))
    } catch (error) {
      if (error instanceof NoResponder || error instanceof NoReply) return 'unreachable'
      throw error
    }
  }

  function restart(serial: string, version?: string): Promise<CommandOutcome> {
    const commandId = random(commandIdBytes).toString('base64url')
    const message = { kind: 'restart', commandId, timeoutMs: deadlineMs, version } as const
    return ask(serial, message, (reply) => restartedSchema.parse(reply).outcome)
  }

  return {
    reboot: (serial) => restart(serial),
    upgrade: (serial, version) => restart(serial, version),
    synchronise: (serial) => ask(serial, { kind: 'synchronise' }, () => 'done' as const),
  }
}
