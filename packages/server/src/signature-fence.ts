import { forgottenTimes } from './store/access/forgotten-times.ts'
import { signatureFence } from './store/access/restore-marks.ts'
import { isWithin, type TimeSpan, withSpans } from './store/access/time-spans.ts'
import type { Store } from './store/store.ts'

/**
 * The times of which signatures do not count, because nothing knows any more which of their nonces were used: up to the
 * moment the server was restored to (nor is it known then which keys and sessions have ended), and the times whose nonces
 * were forgotten, which a clock that is set back would bring back. Every request asks, so it is in memory.
 */
export interface SignatureFence {
  /** Milliseconds since 1970. */
  readonly isFenced: (timestamp: number) => boolean
  /** Up to that time; never lowers it. What it says has to be in the store already, or the next start would forget it. */
  raise(until: number): void
  /** All the times whose nonces are forgotten, instead of those it knew. */
  readonly forget: (times: readonly TimeSpan[]) => void
  /** Adds what another node has fenced meanwhile. */
  readonly refresh: () => Promise<void>
}

export async function openSignatureFence(store: Pick<Store, 'read'>): Promise<SignatureFence> {
  let fence = 0
  let forgotten: readonly TimeSpan[] = []

  async function refresh(): Promise<void> {
    const stored = await store.read(async (db) => ({
      fence: await signatureFence(db),
      times: await forgottenTimes(db),
    }))
    // Never less than before: what is being fenced here may not be in the store yet.
    fence = Math.max(fence, stored.fence)
    forgotten = withSpans(forgotten, stored.times)
  }
  await refresh()
  return {
    refresh,
    isFenced: (timestamp) => timestamp <= fence || isWithin(forgotten, timestamp),
    raise(until) {
      fence = Math.max(fence, until)
    },
    forget(times) {
      forgotten = times
    },
  }
}
