import { type CompiledQuery, DefaultQueryExecutor, Kysely, type QueryCompiler, type QueryResult } from 'kysely'
import type { Transaction } from '../../declare/operation.ts'
import { type HotQuery, isOfHeldRow } from '../../store/compiled-query.ts'
import { UndeclaredTouch } from '../../store/errors.ts'
import type { InstanceFootprint } from '../../store/held-row.ts'
import type { Schema } from '../../store/schema.ts'
import type { Store, Writer } from '../../store/store.ts'

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

/** The same unit of work; `stray` is told what it asks for beside what it keeps to. */
function keptTo(tx: Writer, { instance }: InstanceFootprint, stray: (error: UndeclaredTouch) => void): Writer {
  const executor = tx.getExecutor()
  const compiler: QueryCompiler = { compileQuery: (...given) => executor.compileQuery(...given) }
  class Watched extends DefaultQueryExecutor {
    constructor() {
      super(compiler, executor.adapter, { provideConnection: (use) => executor.provideConnection(use) })
    }

    override executeQuery<R>(query: CompiledQuery | HotQuery<unknown>): Promise<QueryResult<R>> {
      if (!isOfHeldRow(query, instance)) stray(new UndeclaredTouch(`the instance ${instance}`, query.sql))
      return executor.executeQuery(query as CompiledQuery<R>)
    }
  }
  const none = {} as never
  return new Kysely<Schema>({ config: { dialect: none }, dialect: none, driver: none, executor: new Watched() })
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
      async writeAudited(work, audit, keepsTo) {
        begun.add('writeAudited')
        if (keepsTo === undefined) return store.writeAudited(work, audit)
        const strayed: unknown[] = []
        const outcome = await store
          .writeAudited((tx) => work(keptTo(tx, keepsTo, (error) => strayed.push(error))), audit, keepsTo)
          .then(
            (value) => ({ value }),
            (error: unknown) => ({ error }),
          )
        if (strayed.length > 0) throw strayed[0]
        if ('error' in outcome) throw outcome.error
        return outcome.value
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
