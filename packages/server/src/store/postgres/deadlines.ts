import type { StoreTime } from '../store-time.ts'

export interface Deadlines {
  /** Calls `late` unless the returned function is called in time. */
  add(late: () => void): () => void
  close(): void
}

/** One timer for all who wait: nearly all of them have been answered long before. */
export function createDeadlines(ms: number, { timers, clock }: Pick<StoreTime, 'timers' | 'clock'>): Deadlines {
  const waiting = new Set<{ readonly since: number; readonly late: () => void }>()
  let cancel = timers.after(ms / 16, look)

  function look(): void {
    const now = clock()
    for (const one of waiting) {
      // In the order they came.
      if (now - one.since <= ms) break
      waiting.delete(one)
      one.late()
    }
    cancel = timers.after(ms / 16, look)
  }

  return {
    add(late) {
      const one = { since: clock(), late }
      waiting.add(one)
      return () => void waiting.delete(one)
    },
    close: () => cancel(),
  }
}
