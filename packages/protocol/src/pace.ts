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

export function createPace(limits: PaceLimits, wallClock: WallClock): Pace {
  return new Allowance(limits, wallClock)
}

/** A class: every connection of a gateway has two. */
class Allowance implements Pace {
  private readonly limits: PaceLimits
  private readonly wallClock: WallClock
  /** When all of it is back. */
  private paidUntil = Number.NEGATIVE_INFINITY

  constructor(limits: PaceLimits, wallClock: WallClock) {
    this.limits = limits
    this.wallClock = wallClock
  }

  waitMs(): number {
    const { burst, everyMs } = this.limits
    const now = this.wallClock()
    // A clock that was set back must not make anybody wait longer than all of it takes.
    this.paidUntil = Math.min(this.paidUntil, now + burst * everyMs)
    return Math.max(0, this.paidUntil - now - (burst - 1) * everyMs)
  }

  take(): boolean {
    if (this.waitMs() > 0) return false
    this.paidUntil = Math.max(this.paidUntil, this.wallClock()) + this.limits.everyMs
    return true
  }
}
