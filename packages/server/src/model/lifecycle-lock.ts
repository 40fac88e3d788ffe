import { explore, type Lifecycle, type Rules } from './explore.ts'
import { hasLockedWhileAway } from './lock.ts'

/** Seconds; which one is no matter, only that it is not 0. */
const threshold = 3600

interface Presence {
  readonly is: 'connected' | 'disconnected' | 'locked'
  readonly unlockedAt: number | undefined
}

function backAfter(seconds: number): (presence: Presence) => Presence | undefined {
  return ({ is, unlockedAt }) => {
    if (is !== 'disconnected') return undefined
    const locked = hasLockedWhileAway({ lastSeenAt: 0, unlockedAt }, threshold, seconds * 1000)
    return { is: locked ? 'locked' : 'connected', unlockedAt: undefined }
  }
}

/** The offline lock with a threshold set. */
export const lockRules: Rules<Presence> = {
  name: { en: 'Offline lock', zh: '离线锁定' },
  about: {
    en: 'With `SecurityLockThreshold` set, a device that is away for as long locks itself and comes back locked: it counts as offline and its local console is closed until it is unlocked. UnlockSmartAccessGateway while it is away counts for that absence.',
    zh: '设置 `SecurityLockThreshold` 后，离线达到该时长的设备会自行锁定，重新连接时仍为锁定状态：解锁前视为离线，本地控制台不可用。离线期间调用 UnlockSmartAccessGateway 对该次离线有效。',
  },
  start: { is: 'connected', unlockedAt: undefined },
  stateOf: ({ is, unlockedAt }) => (unlockedAt === undefined ? is : 'unlocked_while_away'),
  happenings: [
    {
      event: { en: 'control channel lost', zh: '控制通道中断' },
      after: ({ is }) => (is === 'connected' ? { is: 'disconnected', unlockedAt: undefined } : undefined),
    },
    { event: { en: 'back before the threshold', zh: '在阈值内恢复' }, after: backAfter(threshold - 1) },
    { event: { en: 'back at the threshold or later', zh: '达到阈值后恢复' }, after: backAfter(threshold) },
    {
      event: { en: 'UnlockSmartAccessGateway', zh: 'UnlockSmartAccessGateway' },
      after: (presence) => {
        if (presence.is === 'locked') return { is: 'connected', unlockedAt: undefined }
        return presence.is === 'disconnected' ? { ...presence, unlockedAt: 0 } : undefined
      },
    },
    {
      event: { en: 'threshold set to 0', zh: '阈值设为 0' },
      after: ({ is }) => (is === 'locked' ? { is: 'connected', unlockedAt: undefined } : undefined),
    },
  ],
}

export const lockLifecycle: Lifecycle = explore(lockRules)
