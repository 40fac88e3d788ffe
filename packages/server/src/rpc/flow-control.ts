import { sourceOf, systemTimers, type Timers } from '@opensag/protocol'
import type { Caller } from '../access/caller.ts'
import type { PaceUse } from '../store/access/pace-uses.ts'
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

/** An account may test its channels of alerts six times at once, and after that once in ten seconds. */
const alertTests = { perSecond: 0.1, savedSeconds: 60 }

/** How often callers may call. Takes constant memory, however many they are. */
export interface FlowControl {
  /** Before anything is read. @throws Throttled */
  admitSource(address: string | undefined): void
  /** Once it is known who signed: else anybody could use up what is somebody else's. @throws Throttled */
  admitUser(caller: Caller): void
  /**
   * Before a message goes to a channel because somebody asked for it: a channel can name any address, and whoever may make channels could
   * fill a stranger's mailbox. Each node counts for itself. @throws Throttled
   */
  admitAlertTest(accountId: string): void
}

/** Flow control of one node of several. */
export interface SharedFlowControl extends FlowControl {
  /** What those who call most took here in the last `intervalMs`, since this was last asked. */
  taken(intervalMs: number): readonly PaceUse[]
  /** Counts what was taken at another node. */
  charge(use: PaceUse): void
}

/** Of what a name may take: who takes less at a node is not told to the others. */
const toldShare = 1 / 16

export interface FlowOptions {
  readonly timers?: Pick<Timers, 'now'>
  /** Whether it is counted what each caller takes. */
  readonly counted?: boolean
}

export function createFlowControl(
  seed: number,
  { userCalls, sourceCalls }: FlowLimits = defaultFlowLimits,
  { timers: { now } = systemTimers, counted = false }: FlowOptions = {},
): SharedFlowControl {
  const sources = createSharedPaces({ perSecond: sourceCalls, savedSeconds, now, seed, counted })
  const users = createSharedPaces({ perSecond: userCalls, savedSeconds, now, seed, counted })
  const tests = createSharedPaces({ ...alertTests, now, seed })
  const paces = { source: sources, user: users } as const
  return {
    taken(intervalMs) {
      const least = (perSecond: number): number => (perSecond * intervalMs * toldShare) / 1000
      return [
        ...sources.heaviest(least(sourceCalls)).map((use) => ({ kind: 'source', ...use }) as const),
        ...users.heaviest(least(userCalls)).map((use) => ({ kind: 'user', ...use }) as const),
      ]
    },
    charge: ({ kind, name, taken }) => paces[kind].charge(name, taken),
    admitSource(address) {
      const waitMs = sources.take(sourceOf(address))
      if (waitMs > 0) throw new Throttled('Throttling', waitMs)
    },
    admitUser(caller) {
      const waitMs = users.take(userOf(caller))
      if (waitMs > 0) throw new Throttled('Throttling.User', waitMs)
    },
    admitAlertTest(accountId) {
      const waitMs = tests.take(accountId)
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
