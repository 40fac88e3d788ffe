import type { Logger } from 'pino'
import { forgetSessions, sessionBatch } from '../access/sts-sessions.ts'
import type { Store } from '../store.ts'

const everyMs = 10 * 60_000
/** A session that has ended is told apart from one that never was for this long. */
const remembered = 24 * 60 * 60_000

export interface SessionSweep {
  /** Resolves when no sweep is under way any more. */
  close(): Promise<void>
}

/** Keeps ended sessions from piling up. */
export function startSessionSweep(store: Store, now: () => number, logger: Logger): SessionSweep {
  let closed = false
  let running: Promise<void> | undefined

  async function sweep(): Promise<void> {
    let forgotten = sessionBatch
    while (forgotten >= sessionBatch && !closed) {
      forgotten = await store.write((tx) => forgetSessions(tx, now() - remembered))
    }
  }
  const timer = setInterval(() => {
    running ??= sweep()
      .catch((error) => logger.error({ err: error }, 'sweeping sessions failed'))
      .finally(() => {
        running = undefined
      })
  }, everyMs)
  timer.unref()

  return {
    async close() {
      closed = true
      clearInterval(timer)
      await running
    },
  }
}
