import type { Timers, WallClock } from './time-and-chance.ts'

/** Time that stands still until it is told to move: for tests and simulations. */
export interface ManualTime {
  readonly wallClock: WallClock
  readonly timers: Timers
  /** Moves on and runs what falls due, in order. */
  advance(milliseconds: number): void
  /** How many are waiting. */
  pending(): number
}

export function createManualTime(start = 1_700_000_000_000): ManualTime {
  let now = start
  let waiting: { readonly due: number; readonly run: () => void }[] = []

  function nextBefore(end: number): { readonly due: number; readonly run: () => void } | undefined {
    let next: { readonly due: number; readonly run: () => void } | undefined
    for (const one of waiting) if (one.due <= end && (next === undefined || one.due < next.due)) next = one
    return next
  }

  return {
    wallClock: () => now,
    timers: {
      now: () => now,
      after(milliseconds, run) {
        const one = { due: now + milliseconds, run }
        waiting.push(one)
        return () => {
          waiting = waiting.filter((other) => other !== one)
        }
      },
    },
    advance(milliseconds) {
      const end = now + milliseconds
      for (let next = nextBefore(end); next !== undefined; next = nextBefore(end)) {
        const due = next
        waiting = waiting.filter((other) => other !== due)
        now = Math.max(now, due.due)
        due.run()
      }
      now = end
    },
    pending: () => waiting.length,
  }
}
