import type { Logger } from 'pino'
import type { Store } from '../store.ts'
import { auditBatch, forgetAudit } from './audit.ts'

const everyMs = 10 * 60_000
const dayMs = 24 * 60 * 60_000

export interface AuditSweep {
  /** Resolves when no sweep is under way any more. */
  close(): Promise<void>
}

/** Forgets audit events when they are older than they are kept. */
export function startAuditSweep(store: Store, days: number, now: () => number, logger: Logger): AuditSweep {
  let closed = false
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= sweepAudit(store, now() - days * dayMs, () => closed)
      .catch((error) => logger.error({ err: error }, 'sweeping the audit trail failed'))
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

/** Batch by batch, each in a commit that requests can share, until less than a whole one is found. */
export async function sweepAudit(store: Pick<Store, 'write'>, before: number, isOver: () => boolean): Promise<void> {
  let forgotten = auditBatch
  while (forgotten >= auditBatch && !isOver()) forgotten = await store.write((tx) => forgetAudit(tx, before))
}
