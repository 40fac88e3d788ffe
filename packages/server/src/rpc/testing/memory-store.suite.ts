import type { AuditEntry } from '../../store/audit/audit.ts'
import { emptyDatabase } from '../../store/empty-database.suite.ts'
import type { Burn, Nonce, Store } from '../../store/store.ts'

export interface MemoryStore extends Store {
  /** Every nonce that was burnt, in order. */
  readonly burnt: readonly Nonce[]
  /** What was added to the audit trail, in order. `record` may be replaced. */
  readonly recorded: readonly AuditEntry[]
  /** Forgets all nonces, so that a request can be sent again. */
  forgetAll(): void
  /** Replaces what `durable` waits for. */
  durability: () => Promise<void>
}

/** A store of nonces and nothing else: the database of units of work has no row. */
export function memoryStore(): MemoryStore {
  const known = new Set<string>()
  const burnt: Nonce[] = []
  const recorded: AuditEntry[] = []
  const nothing = emptyDatabase()
  return {
    burnt,
    recorded,
    forgetAll: () => known.clear(),
    durability: () => new Promise((resolve) => setImmediate(resolve)),
    read: (work) => work(nothing),
    write: (work) => work(nothing),
    async writeAudited(work, audit) {
      try {
        const value = await work(nothing)
        recorded.push(audit({ value }))
        return value
      } catch (error) {
        recorded.push(audit({ error }))
        throw error
      }
    },
    record: async (entry) => void recorded.push(entry),
    auditSettledTo: async () => 0,
    async burnNonce(nonce): Promise<Burn> {
      const key = JSON.stringify([nonce.accessKeyId, nonce.nonce])
      const fresh = !known.has(key)
      known.add(key)
      burnt.push(nonce)
      return { fresh, durable: this.durability() }
    },
    forgetNonces: async () => 0,
    close: async () => {},
  }
}
