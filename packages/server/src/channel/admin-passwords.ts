import { type Random, type Secret, sealPassword, type WallClock } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { z } from 'zod'
import { type Bus, NoReply, NoResponder } from '../bus/bus.ts'
import type { AdminPasswords, PasswordOutcome } from '../operations/context.ts'
import { decidePasswordChange, journalPasswordChange } from '../store/password-changes.ts'
import type { Store } from '../store/store.ts'
import { changedSchema, reservedSchema, type ToHolder } from './bus-messages.ts'

export interface AdminPasswordsOptions {
  readonly store: Store
  readonly bus: Bus
  readonly wallClock: WallClock
  readonly random: Random
  readonly logger: Logger
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
const changeIdBytes = 15

/** Changes of administrator passwords, as operations ask for them; any node can do it for any gateway. */
export function createAdminPasswords(options: AdminPasswordsOptions): AdminPasswords {
  const { store, bus, wallClock, random, logger, deadlineMs = defaultDeadlineMs, turnMs = defaultTurnMs } = options

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
  async function giveUp(changeId: string): Promise<PasswordOutcome> {
    const at = wallClock()
    const decided = await store.write((tx) => decidePasswordChange(tx, { id: changeId, outcome: 'failed', at }))
    return decided === 'succeeded' ? 'accepted' : 'unreachable'
  }

  async function hand(
    changeId: string,
    { serial, sealKey, password, generation }: Handed,
  ): Promise<Changed['outcome']> {
    const sealed = await sealPassword(sealKey, password, { serial, changeId, generation })
    const message = { kind: 'change-password', changeId, sealed, timeoutMs: deadlineMs } as const
    return (await ask(serial, message, deadlineMs + answerMs, changedSchema))?.outcome
  }

  return {
    async change(request) {
      const { serial, sealKey } = request.device
      // Sealed only to the key the gateway enrolled with: the bus could name another one.
      if (sealKey === undefined) return 'unreachable'
      const changeId = random(changeIdBytes).toString('base64url')
      const reserve = { kind: 'reserve-password-change', changeId, timeoutMs: turnMs, leaseMs: deadlineMs } as const
      const generation = (await ask(serial, reserve, turnMs + answerMs, reservedSchema))?.turn
      if (generation === 'busy') return 'busy'
      if (generation === undefined || generation === 'gone') return 'unreachable'

      await journal(request, { id: changeId, generation })
      try {
        const outcome = await hand(changeId, { serial, sealKey, password: request.password, generation })
        if (outcome !== undefined && outcome !== 'lapsed') return outcome
        const decided = await giveUp(changeId)
        return outcome === 'lapsed' && decided === 'unreachable' ? 'busy' : decided
      } catch (error) {
        logger.error({ serial, changeId, err: error }, 'A password change failed on this side.')
        if ((await giveUp(changeId)) === 'accepted') return 'accepted'
        throw error
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
