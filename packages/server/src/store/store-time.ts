import { backgroundTimers, type Timers } from '@opensag/protocol'

/** What a store needs of time; a simulation gives its own. */
export interface StoreTime {
  readonly timers: Timers
  /** Milliseconds that only ever rise. */
  readonly clock: () => number
  /** Resolves when everything that is ready has run. */
  readonly turn: () => Promise<void>
}

export const systemTime: StoreTime = {
  timers: backgroundTimers,
  clock: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(resolve)),
}
