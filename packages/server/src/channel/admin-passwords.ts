import {
  type Decision,
  newRequest,
  type Random,
  type RequestEffect,
  type RequestInput,
  requestStep,
  type Secret,
  sealPassword,
  systemTimers,
  type Timers,
  type WallClock,
} from '@opensag/protocol'
import type { Logger } from 'pino'
import { z } from 'zod'
import { type Bus, NoReply, NoResponder } from '../bus/bus.ts'
import type { AdminPasswords } from '../operations/context.ts'
import { takeOffline } from '../store/gateways.ts'
import { journalPasswordChange, movePasswordChange } from '../store/password-changes.ts'
import type { Store } from '../store/store.ts'
import { changedSchema, reservedSchema, type ToHolder } from './bus-messages.ts'

export interface AdminPasswordsOptions {
  readonly store: Store
  readonly bus: Bus
  readonly wallClock: WallClock
  readonly random: Random
  readonly logger: Logger
  readonly timers?: Timers
  /** How long a gateway may take to prove a change, from the moment it is told. */
  readonly deadlineMs?: number
  /** How long a change may wait for those before it. */
  readonly turnMs?: number
}

type Request = Parameters<AdminPasswords['change']>[0]

const defaultDeadlineMs = 10_000
const defaultTurnMs = 10_000
/** What the holder may take beyond a limit to answer, journalling included; after it this side decides. */
const answerMs = 3000
/** Between two attempts to have the journal decide: no answer is better than a wrong one. */
const againMs = 1000
const changeIdBytes = 15

/** Changes of administrator passwords, as operations ask for them; any node can do it for any gateway. */
export function createAdminPasswords(options: AdminPasswordsOptions): AdminPasswords {
  const { store, bus, wallClock, random, logger, timers = systemTimers } = options
  const { deadlineMs = defaultDeadlineMs, turnMs = defaultTurnMs } = options

  /** Undefined: nobody answered, or nobody knows. */
  async function ask<T>(
    serial: string,
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

  async function journal(
    { device, accountId, principal, requestId }: Request,
    { id, generation }: { readonly id: string; readonly generation: number },
  ): Promise<void> {
    const requestedAt = wallClock()
    const instanceId = device.instanceId ?? ''
    await store.write((tx) =>
      journalPasswordChange(tx, {
        id,
        serial: device.serial,
        instanceId,
        accountId,
        principal,
        requestId,
        requestedAt,
        generation,
      }),
    )
  }

  /** Whatever was meant to happen, from here on it has not, unless the journal says that it has. */
  async function giveUp(serial: string, changeId: string, offline: boolean): Promise<Decision> {
    const at = wallClock()
    const { decided, moved } = await store.write(async (tx) => {
      const move = await movePasswordChange(tx, { id: changeId, outcome: 'failed', at })
      if (move.moved && offline) await takeOffline(tx, serial, { at, reason: 'A password change was given up.' })
      return move
    })
    // Whoever holds the connection will notice by itself, only later.
    if (moved && offline) {
      ask(serial, { kind: 'step-down' }, answerMs, z.unknown()).catch((error: unknown) =>
        problem(serial, changeId, error),
      )
    }
    return decided ?? 'failed'
  }

  async function hand(
    changeId: string,
    { serial, sealKey, password, generation }: Handed,
  ): Promise<Changed['outcome']> {
    const sealed = await sealPassword(sealKey, password, { serial, changeId, generation })
    const message = { kind: 'change-password', changeId, sealed, timeoutMs: deadlineMs } as const
    return (await ask(serial, message, deadlineMs + answerMs, changedSchema))?.outcome
  }

  function problem(serial: string, changeId: string, error: unknown): void {
    logger.error({ serial, changeId, err: error }, 'A password change failed on this side.')
  }

  return {
    async change(request) {
      const { serial, sealKey } = request.device
      // Sealed only to the key the gateway enrolled with: the bus could name another one.
      if (sealKey === undefined) return 'unreachable'
      const { password } = request
      const changeId = random(changeIdBytes).toString('base64url')
      let failure: unknown
      let generation = 0

      async function carryOut(effect: Exclude<RequestEffect, { do: 'answer' }>): Promise<RequestInput> {
        switch (effect.do) {
          case 'reserve': {
            const reserve = {
              kind: 'reserve-password-change',
              changeId,
              timeoutMs: turnMs,
              leaseMs: deadlineMs,
            } as const
            const turn = (await ask(serial, reserve, turnMs + answerMs, reservedSchema))?.turn
            if (typeof turn === 'number') generation = turn
            return { is: 'reserved', turn }
          }
          case 'journal':
            return attempt(
              () => journal(request, { id: changeId, generation }),
              () => ({ is: 'journalled' }),
              { is: 'not-journalled' },
            )
          case 'hand': {
            const handed = { serial, sealKey: sealKey ?? '', password, generation: effect.generation }
            return attempt(
              () => hand(changeId, handed),
              (outcome) => ({ is: 'handed', outcome }),
              { is: 'handed', outcome: undefined },
            )
          }
          case 'give-up-again':
            await new Promise<void>((resolve) => timers.after(againMs, resolve))
            return give(effect.offline)
          case 'give-up':
            return give(effect.offline)
        }
      }

      function give(offline: boolean): Promise<RequestInput> {
        return attempt(
          () => giveUp(serial, changeId, offline),
          (outcome) => ({ is: 'decided', outcome }),
          { is: 'undecided' },
        )
      }

      async function attempt<T>(
        work: () => Promise<T>,
        done: (result: T) => RequestInput,
        otherwise: RequestInput,
      ): Promise<RequestInput> {
        try {
          return done(await work())
        } catch (error) {
          failure = error
          problem(serial, changeId, error)
          return otherwise
        }
      }

      let step = requestStep(newRequest, { is: 'begin' })
      for (;;) {
        if (step.effect === undefined) throw new Error('A password change came to nothing.')
        if (step.effect.do === 'answer') {
          if (step.effect.outcome === 'error') throw failure
          return step.effect.outcome
        }
        step = requestStep(step.state, await carryOut(step.effect))
      }
    },
  }
}

interface Handed {
  readonly serial: string
  readonly sealKey: string
  readonly password: Secret
  readonly generation: number
}

type Changed = z.infer<typeof changedSchema>
