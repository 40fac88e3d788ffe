import type { WallClock } from '@opensag/protocol'

const mostAddresses = 10_000

/** How many refused or missing proofs a remote address may have: so many at once, then one every `backMs`. */
export interface Throttle {
  isBlocked(address: string): boolean
  refused(address: string): void
}

export function createThrottle({
  allowance,
  backMs,
  wallClock,
}: {
  readonly allowance: number
  readonly backMs: number
  readonly wallClock: WallClock
}): Throttle {
  /** Per address the moment when all of its allowance is back. */
  const paidUntil = new Map<string, number>()
  let heard = Number.NEGATIVE_INFINITY

  /** A clock that was set back must not make anybody wait until it has caught up. */
  function time(): number {
    const now = wallClock()
    if (now < heard) for (const [address, until] of paidUntil) paidUntil.set(address, until - (heard - now))
    heard = now
    return now
  }

  return {
    isBlocked(address) {
      const now = time()
      return (paidUntil.get(address) ?? now) - now > (allowance - 1) * backMs
    },
    refused(address) {
      const now = time()
      const until = Math.max(paidUntil.get(address) ?? now, now) + backMs
      // Moved to the end: what is forgotten first is what was refused longest ago.
      paidUntil.delete(address)
      paidUntil.set(address, until)
      for (const [oldest, past] of paidUntil) {
        if (past > now && paidUntil.size <= mostAddresses) break
        paidUntil.delete(oldest)
      }
    },
  }
}

/** How many there are of each; what has none takes no memory. */
export interface Counts {
  of(key: string): number
  /** One more, until the answered function is called. */
  add(key: string): () => void
}

export function createCounts(): Counts {
  const counts = new Map<string, number>()

  function change(key: string, by: number): void {
    const now = (counts.get(key) ?? 0) + by
    if (now === 0) counts.delete(key)
    else counts.set(key, now)
  }

  return {
    of: (key) => counts.get(key) ?? 0,
    add(key) {
      let isOver = false
      change(key, 1)
      return () => {
        if (!isOver) change(key, -1)
        isOver = true
      }
    },
  }
}
