import type { Outcome, Writer } from '../store.ts'
import type { StoreTime } from '../store-time.ts'
import type { Unit } from './unit.ts'

export interface IdleWatch {
  /**
   * The outcome of `work`, or that of `giveUp` when it waits too long for something other than the database, or, where
   * that is watched, for a `silent` database. Never rejects.
   */
  outcome<T>(work: (db: Writer) => Promise<T>, unit: Watched, giveUp: GiveUp): Promise<Outcome<T>>
  close(): void
}

type Watched = Pick<Unit, 'db' | 'lastActive' | 'isWaiting'>
type GiveUp = (because: 'idle' | 'silent') => Outcome<never>

/** A work that waits for what never comes would hold up all who write, on every node. */
export function createIdleWatch(
  ms: number,
  { timers, clock }: Pick<StoreTime, 'timers' | 'clock'>,
  silentMs = Number.POSITIVE_INFINITY,
): IdleWatch {
  const running = new Map<Watched, (because: 'idle' | 'silent') => void>()
  let cancel = timers.after(ms / 4, look)

  function look(): void {
    const now = clock()
    for (const [unit, giveUp] of running) {
      const since = now - unit.lastActive()
      if (unit.isWaiting() ? since > silentMs : since > ms) giveUp(unit.isWaiting() ? 'silent' : 'idle')
    }
    cancel = timers.after(ms / 4, look)
  }

  return {
    outcome: (work, unit, giveUp) =>
      new Promise((resolve) => {
        function settle(outcome: Parameters<typeof resolve>[0]): void {
          running.delete(unit)
          resolve(outcome)
        }
        running.set(unit, (because) => settle(giveUp(because)))
        // One that throws before its first await is one that fails.
        Promise.resolve()
          .then(() => work(unit.db))
          .then(
            (value) => settle({ value }),
            (error: unknown) => settle({ error }),
          )
      }),
    close: () => cancel(),
  }
}
