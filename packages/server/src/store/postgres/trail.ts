import type { AuditEntry } from '../audit/audit.ts'
import { OutcomeUnknown, StoreUnavailable, WriteFailed } from '../errors.ts'
import type { StoreEvent } from '../events.ts'
import type { StoreTime } from '../store-time.ts'
import { type Batches, createBatches, type Waiting } from './batches.ts'
import { CommitInDoubt, createMarks } from './commit-mark.ts'
import { isPassing } from './passing.ts'
import type { Session } from './session.ts'

/** Entries of one transaction. */
const most = 500

/**
 * Adds to the audit trail what calls did that wrote nothing, outside the lane: entries do not depend on each other. One
 * statement is one transaction; should its answer be lost, its mark tells whether it was made.
 */
export function createTrail(options: {
  readonly session: Session
  readonly writer: string
  readonly waitMs: number
  readonly time: StoreTime
  readonly onEvent: (event: StoreEvent) => void
}): Batches<AuditEntry, void> {
  const { session, writer, waitMs, time, onEvent } = options
  const marks = createMarks(writer, undefined)

  async function run(batch: readonly Waiting<AuditEntry, void>[]): Promise<void> {
    let inDoubt = false
    for (;;) {
      const link = await session.link()
      try {
        if (inDoubt && (await marks.wasMade(link))) break
        inDoubt = false
        for (const waiting of batch) waiting.sent = false
        const left = batch.filter(({ isSettled }) => !isSettled())
        if (left.length === 0) return
        for (const waiting of left) waiting.sent = true
        const entries = left.map(({ item }) => item)
        if (await marks.appendAlone(link, entries)) break
        // The mark is not there yet, or an earlier attempt was passed.
        inDoubt = true
      } catch (error) {
        if (link.lost() === undefined && !isPassing(error)) {
          onEvent({ kind: 'commit-failed', works: 0, error })
          throw new WriteFailed(error)
        }
        onEvent({ kind: 'repeated', works: 0, error })
        inDoubt ||= link.lost() !== undefined || error instanceof CommitInDoubt
      }
    }
    for (const { resolve } of batch) resolve()
  }

  return createBatches({
    most,
    waitMs,
    time,
    run,
    late: ({ sent }) => (sent ? new OutcomeUnknown(waitMs) : new StoreUnavailable(waitMs)),
  })
}
