import type { DesiredConfig } from './desired-config.ts'
import type { OfflineLock } from './offline-lock.ts'

/** What tells the offline lock its threshold. */
export interface LockThreshold {
  /** It is connected from now on, or not any more. */
  connected(isNow: boolean): void
  /** Takes away the configuration without what it says of the lock. */
  keepDuring(clear: () => Promise<void>): () => Promise<void>
}

/**
 * The threshold is that of the configuration in force. A gateway that the server has given none any more, because it is
 * bound to no instance, does not lock itself. One whose reset button was pressed does: a thief can press that too.
 */
export function followThreshold(
  lock: Pick<OfflineLock, 'arm' | 'connected'>,
  desiredConfig: DesiredConfig,
): LockThreshold {
  let wasReset = false
  let isConnected = false

  function follow(): void {
    const seconds = desiredConfig.inForce()?.config.securityLockThreshold
    if (seconds !== undefined) wasReset = false
    else if (wasReset) return
    lock.arm(seconds ?? 0)
  }

  // Without one at its start it may have been reset before that.
  if (desiredConfig.inForce() !== undefined) follow()
  desiredConfig.onTell(follow)
  return {
    connected(isNow) {
      if (isNow === isConnected) return
      isConnected = isNow
      // While it was connected the server would have given it another one.
      if (isNow) wasReset = false
      else if (desiredConfig.inForce() === undefined && !wasReset) lock.arm(0)
      lock.connected(isNow)
    },
    keepDuring: (clear) => async () => {
      wasReset = true
      await clear()
    },
  }
}
