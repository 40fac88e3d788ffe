import { longestToolMs, type Random, systemTimers, type Timers, type ToolRequest } from '@opensag/protocol'
import { type Bus, NoReply, NoResponder } from '../bus/bus.ts'
import type { CommandOutcome, GatewayCommands, ToGateway, ToolOutcome } from '../model/gateway-requests.ts'
import { restartedSchema, type ToHolder, toolRepliedSchema } from './bus-messages.ts'
import { callLimits, commandLimit, defaultAnswerMs, type StepLimit } from './call-limits.ts'

export interface GatewayCommandsOptions {
  readonly bus: Bus
  readonly random: Random
  readonly timers?: Timers
  /** How long the whole answer to a call may take; the limits of every step follow from it. */
  readonly answerMs?: number
}

const commandIdBytes = 15

interface Lost<L> {
  readonly offline: L
  readonly unknown: L
}

/** For whom it makes no difference. */
const unreachable: Lost<'unreachable'> = { offline: 'unreachable', unknown: 'unreachable' }

/** What operations tell gateways; any node can do it for any gateway. */
export function createGatewayCommands(options: GatewayCommandsOptions): GatewayCommands {
  const { bus, random, timers = systemTimers } = options
  const limits = callLimits(options.answerMs ?? defaultAnswerMs)

  /** @param lost what is answered where no node holds the gateway, and where nobody knows what became of it */
  async function ask<T, L>(
    { serial, began }: ToGateway,
    messageWithin: (limit: StepLimit) => ToHolder,
    read: (reply: unknown) => T,
    lost: Lost<L>,
  ): Promise<T | L> {
    const limit = commandLimit(limits, timers.now() - began)
    if (limit === undefined) return lost.unknown
    try {
      return read(await bus.request(serial, messageWithin(limit), limit.waitMs))
    } catch (error) {
      if (error instanceof NoResponder) return lost.offline
      if (error instanceof NoReply) return lost.unknown
      throw error
    }
  }

  function restart(to: ToGateway, version?: string): Promise<CommandOutcome> {
    const commandId = random(commandIdBytes).toString('base64url')
    return ask(
      to,
      ({ timeoutMs }) => ({ kind: 'restart', commandId, timeoutMs, version }),
      (reply) => restartedSchema.parse(reply).outcome,
      unreachable,
    )
  }

  function tool(to: ToGateway, request: ToolRequest): Promise<ToolOutcome> {
    const commandId = random(commandIdBytes).toString('base64url')
    return ask<ToolOutcome, ToolOutcome>(
      to,
      ({ timeoutMs }) => ({ kind: 'tool', commandId, request, timeoutMs: Math.min(timeoutMs, longestToolMs) }),
      (reply) => {
        const { answer, isTooOld } = toolRepliedSchema.parse(reply)
        return isTooOld === true ? 'too old' : (answer ?? 'unknown')
      },
      { offline: 'offline', unknown: 'unknown' },
    )
  }

  return {
    tool,
    reboot: (to) => restart(to),
    upgrade: (to, version) => restart(to, version),
    synchronise: (to) =>
      ask(
        to,
        () => ({ kind: 'synchronise' }),
        () => 'done' as const,
        unreachable,
      ),
    ask: (to, message) =>
      ask(
        to,
        () => ({ kind: 'ask', message }),
        () => 'done' as const,
        unreachable,
      ),
  }
}
