import { sourceOf, systemTimers, type Timers } from '@opensag/protocol'
import type { Caller } from '../access/caller.ts'
import { Throttled } from './gateway-errors.ts'
import { createSharedPaces } from './shared-paces.ts'

export interface FlowLimits {
  /** Calls a second of one user, with all its keys and sessions, in the long run. */
  readonly userCalls: number
  /** Calls a second from one source, whatever becomes of them, in the long run. */
  readonly sourceCalls: number
}

export const defaultFlowLimits: FlowLimits = { userCalls: 500, sourceCalls: 1000 }

/** Nobody is slowed down who called less before: what is not used is saved for so long. */
const savedSeconds = 1000

/** How often callers may call. Takes constant memory, however many they are. */
export interface FlowControl {
  /** Before anything is read. @throws Throttled */
  admitSource(address: string | undefined): void
  /** Once it is known who signed: else anybody could use up what is somebody else's. @throws Throttled */
  admitUser(caller: Caller): void
}

export function createFlowControl(
  seed: number,
  { userCalls, sourceCalls }: FlowLimits = defaultFlowLimits,
  { now }: Pick<Timers, 'now'> = systemTimers,
): FlowControl {
  const sources = createSharedPaces({ perSecond: sourceCalls, savedSeconds, now, seed })
  const users = createSharedPaces({ perSecond: userCalls, savedSeconds, now, seed })
  return {
    admitSource(address) {
      const waitMs = sources.take(sourceOf(address))
      if (waitMs > 0) throw new Throttled('Throttling', waitMs)
    },
    admitUser(caller) {
      const waitMs = users.take(userOf(caller))
      if (waitMs > 0) throw new Throttled('Throttling.User', waitMs)
    },
  }
}

/** Sessions count as who began them, or the role: who may make sessions could make any number of them. */
function userOf(caller: Caller): string {
  switch (caller.kind) {
    case 'Account':
      return caller.accountId
    case 'RAMUser':
      return `${caller.accountId} ${caller.userId}`
    case 'AssumedRole':
      return `${caller.accountId} ${caller.roleId}`
  }
}
