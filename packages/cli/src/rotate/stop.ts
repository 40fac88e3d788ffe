import type { RunEnd } from '@opensag/rotation'

/** Why no further call is begun; the first reason counts. Calls under way end by themselves. */
export interface Stop {
  readonly reason: RunEnd | undefined
  now(reason: RunEnd): void
  /** Called at once when there is a reason already. Answers how to listen no more. */
  onStop(listener: () => void): () => void
}

export function createStop(): Stop {
  const listeners = new Set<() => void>()
  let reason: RunEnd | undefined
  return {
    get reason() {
      return reason
    },
    now(given) {
      if (reason !== undefined) return
      reason = given
      for (const listener of [...listeners]) listener()
    },
    onStop(listener) {
      if (reason !== undefined) listener()
      else listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Milliseconds, or less when a rotation is stopped. */
export function pauseUnless(stop: Stop, ms: number): Promise<void> {
  // Nobody is told any more once it was stopped.
  if (stop.reason !== undefined) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(finish, ms)
    const forget = stop.onStop(finish)
    function finish(): void {
      clearTimeout(timer)
      forget()
      resolve()
    }
  })
}
