import type { Logger } from 'pino'
import type { Store } from '../store.ts'
import { inBatches, type Sweep, startSweep } from '../sweep.ts'
import { auditBatch, forgetAudit } from './audit.ts'

const everyMs = 10 * 60_000
const dayMs = 24 * 60 * 60_000

/** Forgets audit events when they are older than they are kept. */
export function startAuditSweep(store: Store, days: number, now: () => number, logger: Logger): Sweep {
  const forget = (isOver: () => boolean): Promise<void> => sweepAudit(store, now() - days * dayMs, isOver)
  return startSweep({ everyMs, what: 'the audit trail', logger, forget })
}

export function sweepAudit(store: Pick<Store, 'write'>, before: number, isOver: () => boolean): Promise<void> {
  return inBatches(auditBatch, () => store.write((tx) => forgetAudit(tx, before)), isOver)
}
