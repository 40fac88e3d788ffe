import {
  drive,
  newRequest,
  type Random,
  type RequestOutcome,
  requestStep,
  systemTimers,
  type Timers,
  type WallClock,
} from '@opensag/protocol'
import type { Logger } from 'pino'
import type { Bus } from '../bus/bus.ts'
import type { AdminPasswords } from '../model/gateway-requests.ts'
import type { Store } from '../store/store.ts'
import { callLimits, defaultAnswerMs } from './call-limits.ts'
import { failedRequest, requestPorts } from './request-ports.ts'

export interface AdminPasswordsOptions {
  readonly store: Store
  readonly bus: Bus
  readonly wallClock: WallClock
  readonly random: Random
  readonly logger: Logger
  readonly timers?: Timers
  /** How long the whole answer to a call may take; the limits of every step follow from it. */
  readonly answerMs?: number
}

const changeIdBytes = 15

/** Changes of administrator passwords, as operations ask for them; any node can do it for any gateway. */
export function createAdminPasswords(options: AdminPasswordsOptions): AdminPasswords {
  const { store, bus, wallClock, random, logger, timers = systemTimers } = options
  const limits = callLimits(options.answerMs ?? defaultAnswerMs)

  return {
    async change(asked) {
      const { serial, sealKey } = asked.device
      // Sealed only to the key the gateway enrolled with: the bus could name another one.
      if (sealKey === undefined) return 'unreachable'
      const changeId = random(changeIdBytes).toString('base64url')
      let answered: RequestOutcome | undefined
      let failure: unknown

      function problem(error: unknown): void {
        logger.error({ serial, changeId, err: error }, 'A password change failed on this side.')
      }

      const driven = drive(
        {
          machine: { initial: newRequest, step: requestStep },
          failed(effect, error) {
            failure = error
            const next = failedRequest(effect)
            if (next !== undefined) problem(error)
            return next
          },
        },
        requestPorts(
          { store, bus, wallClock, timers, random, limits, problem },
          { changeId, sealKey, asked },
          (outcome) => {
            answered = outcome
          },
        ),
      )
      driven.input({ is: 'begin' })
      await driven.idle()
      if (answered === undefined) throw new Error('A password change came to nothing.')
      if (answered === 'error') throw failure
      return answered
    },
  }
}
