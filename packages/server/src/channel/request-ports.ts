import {
  type Ports,
  pause,
  type Random,
  type RequestEffect,
  type RequestInput,
  type RequestOutcome,
  sealPassword,
  type Timers,
  type WallClock,
} from '@opensag/protocol'
import { z } from 'zod'
import { type Bus, NoReply, NoResponder } from '../bus/bus.ts'
import { endings } from '../model/endings.ts'
import type { AdminPasswords } from '../model/gateway-requests.ts'
import { journalPasswordChange, movePasswordChange } from '../store/gateways/password-changes.ts'
import { takeOffline } from '../store/gateways/presence.ts'
import type { Store } from '../store/store.ts'
import { changedSchema, reservedSchema, type ToHolder } from './bus-messages.ts'
import { type CallLimits, proofLimit, turnLimit } from './call-limits.ts'

/** What the call of one change needs of the node it was made at. */
export interface RequestContext {
  readonly store: Store
  readonly bus: Bus
  readonly wallClock: WallClock
  readonly timers: Timers
  readonly random: Random
  /** What the limits of every step follow from. */
  readonly limits: CallLimits
  /** Something failed that the answer does not depend on. */
  problem(error: unknown): void
}

type Asked = Parameters<AdminPasswords['change']>[0]

export interface RequestedChange {
  readonly changeId: string
  /** The key the gateway enrolled with. */
  readonly sealKey: string
  readonly asked: Asked
}

/** Between two attempts to have the journal decide: no answer is better than a wrong one. */
const againMs = 1000

/** Carries out what the request machine of the protocol says. */
export function requestPorts(
  context: RequestContext,
  { changeId, sealKey, asked }: RequestedChange,
  answer: (outcome: RequestOutcome) => void,
): Ports<RequestEffect, RequestInput> {
  const { store, bus, wallClock, timers, random, limits } = context
  const { password, device, began } = asked
  const { serial } = device
  const spentMs = (): number => timers.now() - began

  /** Undefined: nobody answered, or nobody knows. */
  async function ask<T>(
    message: ToHolder,
    timeoutMs: number,
    schema: { parse(value: unknown): T },
  ): Promise<T | undefined> {
    try {
      return schema.parse(await bus.request(serial, message, timeoutMs))
    } catch (error) {
      if (error instanceof NoResponder || error instanceof NoReply) return undefined
      throw error
    }
  }

  /** Whatever was meant to happen, from here on it has not, unless the journal says that it has. */
  async function giveUp(offline: boolean): Promise<RequestInput> {
    const at = wallClock()
    const { decided, moved } = await store.write(async (tx) => {
      const move = await movePasswordChange(tx, { id: changeId, outcome: 'failed', at })
      if (move.moved && offline) await takeOffline(tx, serial, { at, reason: endings.passwordGivenUp })
      return move
    })
    // Whoever holds the connection will notice by itself, only later.
    if (moved && offline) ask({ kind: 'step-down' }, limits.replyMs, z.unknown()).catch(context.problem)
    return { is: 'decided', outcome: decided ?? 'failed' }
  }

  return {
    async reserve() {
      const limit = turnLimit(limits, spentMs())
      if (limit === undefined) return { is: 'reserved', turn: 'busy' }
      const { timeoutMs, leaseMs, waitMs } = limit
      const reserve = { kind: 'reserve-password-change', changeId, timeoutMs, leaseMs } as const
      return { is: 'reserved', turn: (await ask(reserve, waitMs, reservedSchema))?.turn }
    },
    async journal({ generation }) {
      const { accountId, principal, requestId } = asked
      const requestedAt = wallClock()
      const instanceId = device.instanceId ?? ''
      const entry = { id: changeId, serial, instanceId, accountId, principal, requestId, requestedAt, generation }
      await store.write((tx) => journalPasswordChange(tx, entry))
      return { is: 'journalled' }
    },
    async hand({ generation }) {
      const limit = proofLimit(limits, spentMs())
      // It is not handed to anybody, so nothing will be sent.
      if (limit === undefined) return { is: 'handed', outcome: 'lapsed' }
      const { timeoutMs, waitMs } = limit
      const sealed = sealPassword(sealKey, password, { serial, changeId, generation }, random)
      // It is handed over once: while the gateway works, nobody here needs it.
      password.wipe()
      const message = { kind: 'change-password', changeId, sealed, timeoutMs } as const
      return { is: 'handed', outcome: (await ask(message, waitMs, changedSchema))?.outcome }
    },
    'give-up': ({ offline }) => giveUp(offline),
    async 'give-up-again'({ offline }) {
      await pause(timers, againMs)
      return giveUp(offline)
    },
    answer: ({ outcome }) => void answer(outcome),
  }
}

/** What the machine is told when an effect fails. Undefined: nothing was journalled, so the call fails as well. */
export function failedRequest({ do: failed }: RequestEffect): RequestInput | undefined {
  switch (failed) {
    case 'journal':
      return { is: 'not-journalled' }
    case 'hand':
      return { is: 'handed', outcome: undefined }
    case 'give-up':
    case 'give-up-again':
      return { is: 'undecided' }
    case 'reserve':
    case 'answer':
      return undefined
  }
}
