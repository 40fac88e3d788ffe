import type { Timers } from '@opensag/protocol'
import { type Backoff, pauseBefore } from '@opensag/rotation'

export interface AttemptOptions {
  readonly timers: Pick<Timers, 'after'>
  /** From 0 up to 1. */
  readonly chance: () => number
  readonly stop: AbortSignal
  /** Once when something begins to fail, and once when it works again. */
  readonly note: (text: string) => void
}

type Doing = 'reading' | 'sending'

export interface Attempts {
  /** Until the time is over, or it is stopped. */
  pause(ms: number): Promise<void>
  worked(doing: Doing): void
  /** Notes the first failure in a row, and waits longer after each. */
  failed(doing: Doing, error: unknown): Promise<void>
}

export const firstMs = 1000
const backoff: Backoff = { firstMs, longestMs: 60_000 }

const texts: Readonly<Record<Doing, readonly [string, string]>> = {
  reading: ['The server cannot be read', 'The server is read again.'],
  sending: ['Entries cannot be delivered', 'Entries are delivered again.'],
}

export function createAttempts({ timers, chance, stop, note }: AttemptOptions): Attempts {
  const failures = new Map<Doing, number>()

  function pause(ms: number): Promise<void> {
    if (stop.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const cancel = timers.after(ms, done)
      stop.addEventListener('abort', done)
      function done(): void {
        cancel()
        stop.removeEventListener('abort', done)
        resolve()
      }
    })
  }

  return {
    pause,
    worked(doing) {
      if ((failures.get(doing) ?? 0) > 0) note(texts[doing][1])
      failures.set(doing, 0)
    },
    async failed(doing, error) {
      const attempt = (failures.get(doing) ?? 0) + 1
      failures.set(doing, attempt)
      if (attempt === 1) note(`${texts[doing][0]}: ${(error as Error).message} Trying again.`)
      await pause(pauseBefore(backoff, { attempt, chance: chance() }))
    },
  }
}
