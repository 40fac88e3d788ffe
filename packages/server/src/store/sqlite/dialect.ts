import {
  type CompiledQuery,
  type DatabaseConnection,
  DefaultQueryExecutor,
  type Dialect,
  type Driver,
  DummyDriver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { type HotQuery, isHot } from '../compiled-query.ts'
import type { Schema } from '../schema.ts'
import type { SqliteConnection } from './driver.ts'
import { createStatementCache, type StatementCache } from './statement-cache.ts'

class Adapter extends SqliteAdapter {
  /** SQLite takes back a `create table` like any other statement; Kysely's own adapter does not rely on it. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** One for the whole process: what is compiled for one connection runs on all. */
const adapter = new Adapter()
const compiler = new SqliteQueryCompiler()

export type Execute = (query: CompiledQuery | HotQuery<unknown>) => QueryResult<unknown>

export function executeOn(statements: StatementCache): Execute {
  return (query) => execute(statements, query)
}

function execute<R>(statements: StatementCache, query: CompiledQuery | HotQuery<R>): QueryResult<R> {
  const { sql, parameters } = query
  try {
    const statement = statements.get(sql)
    if (isHot(query) && query.firstRowOnly) {
      const row = statement.first(parameters)
      return { rows: row === undefined ? [] : [row as R] }
    }
    if (statement.returnsRows) return { rows: statement.all(parameters) as R[] }
    const { changes, lastInsertRowid } = statement.run(parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  } catch (error) {
    // A statement that stopped half-way may hold on to its snapshot; the next use of its text prepares a new one.
    statements.forget(sql)
    throw error
  }
}

/** SQLite over one given connection; who uses it at what time is its owner's business. */
class GivenConnectionDialect implements Dialect {
  readonly #connection: SqliteConnection

  constructor(connection: SqliteConnection) {
    this.#connection = connection
  }

  createAdapter(): Adapter {
    return adapter
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return compiler
  }

  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db)
  }

  createDriver(): Driver {
    const connection = this.#connection
    const statements = createStatementCache(connection)
    const only: DatabaseConnection = {
      executeQuery: async (query) => execute(statements, query),
      streamQuery,
    }
    return {
      init: async () => {},
      acquireConnection: async () => only,
      releaseConnection: async () => {},
      beginTransaction: async () => connection.exec('begin immediate'),
      commitTransaction: async () => connection.exec('commit'),
      rollbackTransaction: async () => {
        // SQLite has done it itself when the disk is full; asked again it would fail, and hide that.
        if (connection.inTransaction) connection.exec('rollback')
      },
      destroy: async () => connection.close(),
    }
  }
}

/** Compiles what is run elsewhere, and runs nothing. */
export const compilingKysely = new Kysely<Schema>({
  dialect: {
    createAdapter: () => adapter,
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => compiler,
  },
})

/** For opening and migrating: Kysely as everybody knows it, with transactions of its own. */
export function kyselyOver(connection: SqliteConnection): Kysely<unknown> {
  return new Kysely({ dialect: new GivenConnectionDialect(connection) })
}

/** For units of work: each statement is first put before `admit`, which throws when it is not its turn. */
export function admittedKysely(connection: SqliteConnection, execute: Execute, admit: () => void): Kysely<Schema> {
  async function run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    admit()
    return execute(query) as QueryResult<R>
  }
  // Acquiring and releasing a connection, of which there is one, would cost as much as the statement.
  class Executor extends DefaultQueryExecutor {
    override executeQuery = run
  }
  const only: DatabaseConnection = { executeQuery: run, streamQuery }
  const dialect = new GivenConnectionDialect(connection)
  const executor = new Executor(compiler, adapter, { provideConnection: (consumer) => consumer(only) })
  const driver = { ...dialect.createDriver(), beginTransaction: nested }
  return new Kysely<Schema>({ config: { dialect }, dialect, driver, executor })
}

async function nested(): Promise<never> {
  throw new Error('A unit of work is one transaction already; none can begin in it.')
}

function streamQuery(): never {
  throw new Error('The store does not stream.')
}
