import { type AuditEntry, appendAudit } from '../audit.ts'
import { UnfinishedWork } from '../errors.ts'
import type { Outcome, Writer } from '../store.ts'
import type { GroupCommit } from './group-commit.ts'

/**
 * A work and the record of it, one right behind the other in the line of the group: the record finds out in its turn
 * what became of the work, and both are durable with one commit. (A group may end between them; then the record is the
 * first of the next.)
 */
export async function writeAudited<T>(
  commits: GroupCommit,
  work: (tx: Writer) => Promise<T>,
  audit: (outcome: Outcome<T>) => AuditEntry,
): Promise<T> {
  // Of a work that was given up nothing else is known.
  let outcome: Outcome<T> = { error: new UnfinishedWork(0) }
  const done = commits.write(async (tx) => {
    try {
      const value = await work(tx)
      outcome = { value }
      return value
    } catch (error) {
      outcome = { error }
      throw error
    }
  })
  const recorded = commits.write((tx) => appendAudit(tx, audit(outcome)), { single: true })
  const [first, second] = await Promise.allSettled([done, recorded])
  if (first.status === 'rejected') throw first.reason
  if (second.status === 'rejected') throw second.reason
  return first.value
}
