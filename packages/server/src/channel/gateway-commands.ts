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

  async function tool({ serial, began }: ToGateway, request: ToolRequest): Promise<ToolOutcome> {
    const limit = commandLimit(limits, timers.now() - began)
    if (limit === undefined) return 'unknown'
    const commandId = random(commandIdBytes).toString('base64url')
    const timeoutMs = Math.min(limit.timeoutMs, longestToolMs)
    try {
      const reply = await bus.request(serial, { kind: 'tool', commandId, request, timeoutMs }, limit.waitMs)
      const { answer, isTooOld } = toolRepliedSchema.parse(reply)
      return isTooOld === true ? 'too old' : (answer ?? 'unknown')
    } catch (error) {
      if (error instanceof NoResponder) return 'offline'
      if (error instanceof NoReply) return 'unknown'
      throw error
    }
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
      ),
    ask: (to, message) =>
      ask(
        to,
        () => ({ kind: 'ask', message }),
        () => 'done' as const,
      ),
  }
}
