import type { Timers } from '@opensag/protocol'

/** One run of a program. What waits in the name of one that is over never comes. */
export interface Life {
  alive: boolean
  /** The node whose program it is. */
  readonly name?: string
  /** It stands still, as a stopped process does: its timers, messages and answers wait until it goes on. */
  frozen?: boolean
  /** It does not reach the store: what it asks fails at once, or gets no answer. */
  storeCut?: 'fails' | 'hangs' | undefined
}

/** Time for everybody: it stands still until the next timer is let run out. */
export interface Time {
  now(): number
  timersOf(life: Life): Timers
  /** When the next one is due; undefined when nobody waits. */
  nextDue(): number | undefined
  /** False when nobody waits. */
  fireNext(): boolean
}

interface Waiting {
  readonly due: number
  readonly life: Life
  readonly run: () => void
}

const start = 1_700_000_000_000

export function createTime(): Time {
  let now = start
  /** In the order they were asked for, so that of two that are due together the first comes first. */
  let waiting: Waiting[] = []

  function next(): Waiting | undefined {
    let found: Waiting | undefined
    for (const one of waiting) {
      const { alive, frozen } = one.life
      if (alive && frozen !== true && (found === undefined || one.due < found.due)) found = one
    }
    return found
  }

  return {
    now: () => now,
    timersOf: (life) => ({
      now: () => now,
      after(milliseconds, run) {
        // Wall clocks tell whole milliseconds, and the store takes nothing else.
        const one = { due: now + Math.ceil(milliseconds), life, run }
        if (Number.isFinite(milliseconds)) waiting.push(one)
        return () => {
          waiting = waiting.filter((other) => other !== one)
        }
      },
    }),
    nextDue: () => next()?.due,
    fireNext() {
      const one = next()
      if (one === undefined) return false
      waiting = waiting.filter((other) => other !== one && other.life.alive)
      now = Math.max(now, one.due)
      one.run()
      return true
    },
  }
}

/** Everything that is ready has run: in one thread without input or output that is one turn of the event loop. */
export function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
