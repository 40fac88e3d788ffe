import type { WallClock } from './time-and-chance.ts'

/** So many at once, and then one back every `everyMs` milliseconds. */
export interface PaceLimits {
  readonly burst: number
  readonly everyMs: number
}

/** How fast something may happen again and again; constant memory, whatever is asked of it. */
export interface Pace {
  /** Takes one; false when there is none. */
  take(): boolean
  /** Milliseconds until there is one again; 0: now. */
  waitMs(): number
}

export function createPace({ burst, everyMs }: PaceLimits, wallClock: WallClock): Pace {
  /** When all of it is back. */
  let paidUntil = Number.NEGATIVE_INFINITY

  function waitMs(): number {
    const now = wallClock()
    // A clock that was set back must not make anybody wait longer than all of it takes.
    paidUntil = Math.min(paidUntil, now + burst * everyMs)
    return Math.max(0, paidUntil - now - (burst - 1) * everyMs)
  }

  return {
    waitMs,
    take() {
      if (waitMs() > 0) return false
      paidUntil = Math.max(paidUntil, wallClock()) + everyMs
      return true
    },
  }
}
