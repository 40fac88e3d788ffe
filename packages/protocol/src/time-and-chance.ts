/** Milliseconds since 1970. */
export type WallClock = () => number

/** Returns the given number of random bytes. */
export type Random = (bytes: number) => Buffer

/** A clock that only moves forward, and timers on it. */
export interface Timers {
  /**
   * Milliseconds since an arbitrary moment, on the clock of {@link Timers.after}. Nobody can set this clock, so the
   * difference of two readings is the time that passed between them.
   */
  now(): number
  /** Calls `run` once after the given milliseconds. The returned function cancels it. */
  after(milliseconds: number, run: () => void): () => void
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** As {@link systemTimers}, but a pending wait does not keep the process alive. */
export const backgroundTimers: Timers = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds).unref()
    return () => clearTimeout(timer)
  },
}

/** Resolves after the given milliseconds. Nothing cancels it. */
export function pause(timers: Timers, milliseconds: number): Promise<void> {
  return new Promise((resolve) => void timers.after(milliseconds, resolve))
}
