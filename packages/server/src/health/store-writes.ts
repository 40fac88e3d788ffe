import type { Timers } from '@opensag/protocol'
import type { Logger } from 'pino'
import type { StoreEvent } from '../store/events.ts'

export interface StoreWrites {
  readonly onEvent: (event: StoreEvent) => void
  readonly isFailing: () => boolean
  /** Commits that failed since the start. */
  readonly failures: () => number
  /** From then on the end of a failure is noticed. `write` writes something small. */
  begin(write: () => Promise<unknown>): void
  close(): Promise<void>
}

/** Milliseconds between two attempts to write while the store cannot. */
const againMs = 5000

/**
 * Tells whether the store can write: one line in the log when it cannot any more and one when it can again, however many
 * calls come in between. While it cannot, the server tries by itself: a server that is not ready may get no calls.
 */
export function watchStoreWrites({ timers, logger }: { timers: Timers; logger: Logger }): StoreWrites {
  let [failing, closed, failures] = [false, false, 0]
  let tryWriting: (() => Promise<unknown>) | undefined
  let cancel = (): void => {}
  let trying: Promise<void> = Promise.resolve()

  async function attempt(): Promise<void> {
    try {
      await tryWriting?.()
    } catch {
      // `commit-failed` has told it.
      return schedule()
    }
    failing = false
    logger.warn('the store writes again')
  }

  function schedule(): void {
    if (closed || tryWriting === undefined) return
    cancel = timers.after(againMs, () => {
      trying = attempt()
    })
  }

  return {
    onEvent(event) {
      if (event.kind !== 'commit-failed') return
      failures += 1
      if (failing) return
      failing = true
      logger.error({ err: event.error }, 'the store cannot write')
      schedule()
    },
    isFailing: () => failing,
    failures: () => failures,
    begin(write) {
      tryWriting = write
      if (failing) schedule()
    },
    async close() {
      closed = true
      cancel()
      await trying
    },
  }
}
