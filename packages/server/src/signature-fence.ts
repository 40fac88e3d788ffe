import { signatureFence } from './store/access/restore-marks.ts'
import type { Store } from './store/store.ts'

/**
 * The time up to which signatures no longer count, because the server was restored after it: which nonces were used
 * until then is not known any more, nor which keys and sessions have ended. Every request asks, so it is in memory.
 */
export interface SignatureFence {
  /** Milliseconds since 1970. A signature of this time or before is refused; 0 refuses none. */
  readonly until: () => number
  /** Never lowers it. What it says has to be in the store already, or the next start would forget it. */
  raise(until: number): void
}

export async function openSignatureFence(store: Store): Promise<SignatureFence> {
  let fence = await store.read(signatureFence)
  return {
    until: () => fence,
    raise(until) {
      fence = Math.max(fence, until)
    },
  }
}
