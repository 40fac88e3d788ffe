import { type Random, systemTimers, type Timers } from '@opensag/protocol'
import { type Bus, NoReply, NoResponder } from '../bus/bus.ts'
import type { CommandOutcome, GatewayCommands, ToGateway } from '../model/gateway-requests.ts'
import { restartedSchema, type ToHolder } from './bus-messages.ts'
import { callLimits, commandLimit, defaultAnswerMs, type StepLimit } from './call-limits.ts'

export interface GatewayCommandsOptions {
  readonly bus: Bus
  readonly random: Random
  readonly timers?: Timers
  /** How long the whole answer to a call may take; the limits of every step follow from it. */
  readonly answerMs?: number
}

const commandIdBytes = 15

/** What operations tell gateways; any node can do it for any gateway. */
export function createGatewayCommands(options: GatewayCommandsOptions): GatewayCommands {
  const { bus, random, timers = systemTimers } = options
  const limits = callLimits(options.answerMs ?? defaultAnswerMs)

  async function ask<T>(
    { serial, began }: ToGateway,
    messageWithin: (limit: StepLimit) => ToHolder,
    read: (reply: unknown) => T,
  ): Promise<T | 'unreachable'> {
    const limit = commandLimit(limits, timers.now() - began)
    if (limit === undefined) return 'unreachable'
    try {
      return read(await bus.request(serial, messageWithin(limit), limit.waitMs))
    } catch (error) {
      if (error instanceof NoResponder || error instanceof NoReply) return 'unreachable'
      throw error
    }
  }

  function restart(to: ToGateway, version?: string): Promise<CommandOutcome> {
    const commandId = random(commandIdBytes).toString('base64url')
    return ask(
      to,
      ({ timeoutMs }) => ({ kind: 'restart', commandId, timeoutMs, version }),
      (reply) => restartedSchema.parse(reply).outcome,
    )
  }

  return {
    reboot: (to) => restart(to),
    upgrade: (to, version) => restart(to, version),
    synchronise: (to) =>
      ask(
        to,
        () => ({ kind: 'synchronise' }),
        () => 'done' as const,
      ),
    ask: (to, message) =>
      ask(
        to,
        () => ({ kind: 'ask', message }),
        () => 'done' as const,
      ),
  }
}
