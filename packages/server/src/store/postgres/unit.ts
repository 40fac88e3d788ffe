import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import { type HotQuery, isHot, onlyReads } from '../compiled-query.ts'
import { OutsideUnitOfWork, UndeclaredTouch } from '../errors.ts'
import type { Schema } from '../schema.ts'
import type { HeldCache } from './held-cache.ts'
import type { Hurried } from './hurried.ts'
import type { Link } from './link.ts'

/** What a work has of a transaction, and what it did there. */
export interface Unit {
  readonly db: Kysely<Schema>
  /** Whether anything of it is to be taken back should it fail. */
  hasTouched(): boolean
  /** The first error of a statement: nothing more is done in the transaction then. */
  failure(): { readonly error: unknown } | undefined
  /** Milliseconds of the clock at which its last statement was sent or answered. */
  lastActive(): number
  isWaiting(): boolean
  /**
   * Before a work: what an earlier one did is forgotten, and statements are taken. An update of an instance that is known
   * to be there is answered at once where it can be `hurried`. A work that keeps to a gateway fails with what it changes
   * without naming that.
   */
  open(hurried?: Hurried, gateway?: string): void
  /** From then on its statements are refused. */
  close(): void
}

/** One for the whole process: what is compiled for one connection runs on all. */
const adapter = new PostgresAdapter()
const compiler = new PostgresQueryCompiler()
const dialect = {
  createAdapter: () => adapter,
  createDriver: (): Driver => driver,
  createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
}

/** A handle whose statements go to `executeQuery`. It can begin no transaction. */
export function kyselyOn(executeQuery: DatabaseConnection['executeQuery']): Kysely<Schema> {
  const executor = new Executor({ executeQuery, streamQuery })
  return new Kysely<Schema>({ config: { dialect }, dialect, driver, executor })
}

const changing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

class Executor extends DefaultQueryExecutor {
  override readonly executeQuery: DatabaseConnection['executeQuery']

  constructor(only: DatabaseConnection) {
    super(compiler, adapter, { provideConnection: (consumer) => consumer(only) })
    this.executeQuery = only.executeQuery
  }
}

/**
 * Making one takes longer than many a statement: it serves one work after another.
 *
 * @param cache of a transaction that has the lane to itself
 */
export function createUnit(link: Link, clock: () => number, cache?: HeldCache): Unit {
  let [open, touched, waiting, active] = [false, false, 0, 0]
  let failure: { readonly error: unknown } | undefined
  let hurried: Hurried | undefined
  let gateway: string | undefined

  async function run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!open) throw new OutsideUnitOfWork()
    const reads = onlyReads(query)
    touched ||= !reads
    waiting += 1
    active = clock()
    try {
      if (gateway !== undefined && !reads && !query.parameters.includes(gateway))
        throw new UndeclaredTouch(`the gateway ${gateway}`, query.sql)
      const access = cache !== undefined && isHot(query) ? query.onHeldRow : undefined
      if (access !== undefined && 'read' in access) {
        return (await cache?.read(query as HotQuery<unknown>, access)) as QueryResult<R>
      }
      if (access !== undefined) {
        const { given } = query as HotQuery<unknown>
        const isThere = cache?.changing(given[access.id], access.columns, given) === true
        if (isThere && hurried !== undefined) {
          hurried.add(link.query(query.sql, query.parameters, nameOf(query)))
          return { numAffectedRows: 1n, rows: [] }
        }
      } else if (!reads) cache?.clear()
      const { command, rowCount, rows } = await link.query(query.sql, query.parameters, nameOf(query))
      return changing.has(command)
        ? { numAffectedRows: BigInt(rowCount ?? 0), rows: rows as R[] }
        : { rows: (rows ?? []) as R[] }
    } catch (error) {
      failure ??= { error }
      throw error
    } finally {
      waiting -= 1
      active = clock()
    }
  }

  return {
    db: kyselyOn(run),
    open(those, kept) {
      ;[open, touched, active, failure, hurried, gateway] = [true, false, clock(), undefined, those, kept]
    },
    hasTouched: () => touched || failure !== undefined,
    failure: () => failure,
    lastActive: () => active,
    isWaiting: () => waiting > 0,
    close() {
      open = false
    },
  }
}

const names = new Map<string, string>()

/** Queries of a hot path are prepared once for each connection. There are as many as the code has. */
function nameOf(query: CompiledQuery | HotQuery<unknown>): string | undefined {
  if (!isHot(query)) return undefined
  const known = names.get(query.sql)
  if (known !== undefined) return known
  const name = `q${names.size + 1}`
  names.set(query.sql, name)
  return name
}

async function nested(): Promise<never> {
  throw new Error('A unit of work is one transaction already; none can begin in it.')
}

function streamQuery(): never {
  throw new Error('The store does not stream.')
}

const driver: Driver = {
  init: async () => {},
  acquireConnection: nested,
  releaseConnection: async () => {},
  beginTransaction: nested,
  commitTransaction: nested,
  rollbackTransaction: nested,
  destroy: async () => {},
}
