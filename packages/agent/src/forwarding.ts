import { createMutex, type Timers } from '@opensag/protocol'
import type { OfflineLock } from './offline-lock.ts'

/** Whether the system of a gateway lets packets of its branch through. */
export interface Forwarding {
  /** For so many milliseconds, and then no more, also when this program is dead; undefined: for good. */
  open(forMs: number | undefined): Promise<void>
  shut(): Promise<void>
  /**
   * The system has shut by itself what was open for a time: the offline lock would have closed. This program was dead then, and
   * what it had written down says less exactly how long it was away.
   */
  hasRunOut(): Promise<boolean>
}

export interface ForwardingOptions {
  readonly lock: Pick<OfflineLock, 'remainingMs' | 'onChange' | 'set'>
  readonly forwarding: Forwarding
  readonly timers: Timers
  /** The system did not do it: that is tried again. */
  readonly problem: (error: unknown) => void
}

/** What is open without an end, or shut, is looked after that often: somebody may have taken it away. */
const slowMs = 60_000
/** Not more often than that, however little is left: at its end the lock says so itself. */
const fastMs = 100

/**
 * Keeps the system as the offline lock says: open for as long as is left until it locks, told again and again while the
 * gateway is connected. The returned function ends it and leaves the system with the time it has.
 * @throws when the system does not say whether it has locked while nobody was there
 */
export async function keepForwarding({ lock, forwarding, timers, problem }: ForwardingOptions): Promise<() => void> {
  if (await forwarding.hasRunOut()) await lock.set(true)
  const exclusive = createMutex()
  let cancelNext = (): void => {}
  let isClosed = false
  let waiting = 0

  function tell(): void {
    if (isClosed) return
    // Asking may close the lock, and so come here once more before this goes on.
    const nextMs = againMs(lock.remainingMs())
    cancelNext()
    cancelNext = timers.after(nextMs, tell)
    // Of several that wait for their turn the last does what all of them would.
    if (waiting > 0) return
    waiting++
    exclusive(async () => {
      waiting--
      const leftMs = lock.remainingMs()
      if (leftMs <= 0) await forwarding.shut()
      else await forwarding.open(leftMs === Infinity ? undefined : leftMs)
    }).catch(problem)
  }

  lock.onChange(tell)
  tell()
  return () => {
    isClosed = true
    cancelNext()
  }
}

/** When to tell again that much is left: a dead program is to shut it a second early at most, or a sixtieth of the time. */
export function againMs(leftMs: number): number {
  if (leftMs <= 0 || leftMs === Infinity) return slowMs
  return Math.min(Math.max(leftMs / 60, Math.min(1000, leftMs / 5), fastMs), slowMs)
}
