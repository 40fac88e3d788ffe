import type { Logger } from 'pino'
import type { Store } from '../store.ts'
import { inBatches, type Sweep, startSweep } from '../sweep.ts'
import { forgetSessions, sessionBatch } from './sts-sessions.ts'

const everyMs = 10 * 60_000
/** A session that has ended is told apart from one that never was for this long. */
const remembered = 24 * 60 * 60_000

/** Keeps ended sessions from piling up. */
export function startSessionSweep(store: Store, now: () => number, logger: Logger): Sweep {
  const forgetBatch = (): Promise<number> => store.write((tx) => forgetSessions(tx, now() - remembered))
  return startSweep({
    everyMs,
    what: 'sessions',
    logger,
    forget: (isOver) => inBatches(sessionBatch, forgetBatch, isOver),
  })
}
