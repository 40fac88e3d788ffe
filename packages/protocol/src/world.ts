/** Milliseconds since 1970. */
export type WallClock = () => number

/** That many fresh random bytes. */
export type Random = (bytes: number) => Buffer

/** Time as something that can be waited for. */
export interface Timers {
  /**
   * Milliseconds since some moment, on the clock that {@link Timers.after} waits by. Nobody can set it, so that two
   * readings always tell how much time has passed between them.
   */
  now(): number
  /** Runs `run` once after that many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, run: () => void): () => void
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** The same, for waits that alone must not keep a program alive. */
export const backgroundTimers: Timers = {
  now: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds).unref()
    return () => clearTimeout(timer)
  },
}
