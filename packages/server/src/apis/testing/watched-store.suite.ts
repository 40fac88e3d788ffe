import type { Transaction } from '../../declare/operation.ts'
import type { Store } from '../../store/store.ts'

type Unit = 'read' | 'write' | 'writeAudited'

/** Units of work that a call of each kind must not begin. */
const foreign: Readonly<Record<Transaction, readonly Unit[]>> = {
  read: ['write', 'writeAudited'],
  listing: ['write', 'writeAudited'],
  // All of it in one unit, which the record shares.
  write: ['read', 'write'],
  // Between units of its own, or a gateway would be asked while the store waits.
  device: ['writeAudited'],
}

export interface WatchedStore {
  readonly store: Store
  /** @throws Error when a unit was begun that an operation of this kind must not begin. */
  check(name: string, transaction: Transaction): void
}

/** The store, and which units of work were begun in it. */
export function watchedStore(store: Store): WatchedStore {
  const begun = new Set<Unit>()
  return {
    store: {
      read(work) {
        begun.add('read')
        return store.read(work)
      },
      write(work) {
        begun.add('write')
        return store.write(work)
      },
      writeAudited(work, audit) {
        begun.add('writeAudited')
        return store.writeAudited(work, audit)
      },
      record: (entry) => store.record(entry),
      auditSettledTo: () => store.auditSettledTo(),
      burnNonce: (nonce) => store.burnNonce(nonce),
      forgetNonces: (...given) => store.forgetNonces(...given),
      close: () => store.close(),
    },
    check(name, transaction) {
      const wrong = foreign[transaction].filter((unit) => begun.has(unit))
      if (wrong.length > 0) throw new Error(`${name} is of transaction ${transaction} and began a unit: ${wrong}.`)
    },
  }
}
