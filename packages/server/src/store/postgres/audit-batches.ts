import type { AuditEntry } from '../audit/audit.ts'

/** Entries of one transaction. */
const most = 500

interface Waiting {
  readonly entry: AuditEntry
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Adds to the audit trail with one transaction for all who come while the one before is under way: every call adds to
 * it, and one transaction each would be one flush each.
 */
export function createAuditBatches(
  write: (entries: readonly AuditEntry[]) => Promise<void>,
): (entry: AuditEntry) => Promise<void> {
  const queue: Waiting[] = []
  let running = false

  async function writeAll(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, most)
      try {
        await write(batch.map(({ entry }) => entry))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    running = false
  }

  return (entry) =>
    new Promise((resolve, reject) => {
      queue.push({ entry, resolve, reject })
      if (running) return
      running = true
      void writeAll()
    })
}
