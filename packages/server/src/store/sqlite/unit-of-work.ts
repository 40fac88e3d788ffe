import type { Outcome } from '../store.ts'
import { type StoreTime, systemTime } from '../store-time.ts'

export interface Watch {
  /** The outcome of `work(db)`, or that of `giveUp` when it has not ended in time. Never rejects. */
  outcome<D, T>(work: (db: D) => Promise<T>, db: D, giveUp: () => Outcome<never>): Promise<Outcome<T>>
  close(): void
}

interface Pending {
  readonly since: number
  readonly giveUp: () => void
}

/**
 * Sees to it that a work which awaits something that never comes does not hold up everybody after it. SQLite answers
 * at once, so a work that awaits nothing else has always ended before any timer runs.
 */
export function createWatch(ms: number, { timers, clock }: Pick<StoreTime, 'timers' | 'clock'> = systemTime): Watch {
  const pending = new Set<Pending>()
  let cancel = timers.after(ms / 4, look)

  function look(): void {
    const now = clock()
    for (const unit of pending) if (now - unit.since > ms) unit.giveUp()
    cancel = timers.after(ms / 4, look)
  }

  return {
    outcome: (work, db, giveUp) =>
      new Promise((resolve) => {
        const unit: Pending = { since: clock(), giveUp: () => settle(giveUp()) }
        function settle(outcome: Parameters<typeof resolve>[0]): void {
          pending.delete(unit)
          resolve(outcome)
        }
        pending.add(unit)
        start(work, db).then(
          (value) => settle({ value }),
          (error: unknown) => settle({ error }),
        )
      }),
    close: () => cancel(),
  }
}

/** A work that throws before its first await is one that fails. */
function start<D, T>(work: (db: D) => Promise<T>, db: D): Promise<T> {
  try {
    return work(db)
  } catch (error) {
    return Promise.reject(error)
  }
}
