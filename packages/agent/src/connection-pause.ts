import type { Timers } from '@opensag/protocol'

/** Waits, and can be woken. */
export interface Pause {
  for(milliseconds: number): Promise<void>
  /** Nobody waits any more. */
  end(): void
}

export function createPause(timers: Timers): Pause {
  let end = (): void => {}
  return {
    for: (milliseconds) =>
      new Promise((resolve) => {
        const cancel = timers.after(milliseconds, resolve)
        end = () => {
          cancel()
          resolve()
        }
      }),
    end: () => end(),
  }
}
