/** Milliseconds since 1970. */
export type WallClock = () => number

/** That many fresh random bytes. */
export type Random = (bytes: number) => Buffer

/** Time as something that can be waited for. */
export interface Timers {
  /** Runs `run` once after that many milliseconds, unless the returned function is called before. */
  after(milliseconds: number, run: () => void): () => void
}

export const systemTimers: Timers = {
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
}
