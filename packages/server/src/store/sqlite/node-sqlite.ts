import type { EngineStatement, SqliteEngine } from './engine.ts'

/** What is used of `node:sqlite`, which the types of the oldest Node that is supported do not have. */
interface NodeSqlite {
  readonly DatabaseSync: new (
    place: URL,
    options: { readonly timeout: number; readonly enableForeignKeyConstraints: boolean },
  ) => NodeDatabase
}

interface NodeDatabase {
  prepare(sql: string): NodeStatement
  exec(sql: string): void
  readonly isTransaction: boolean
  close(): void
}

interface NodeStatement {
  columns(): readonly { readonly name: string }[]
  setReturnArrays(enabled: true): void
  all(...values: readonly unknown[]): ReturnType<EngineStatement['all']>
  get(...values: readonly unknown[]): ReturnType<EngineStatement['get']>
  run(...values: readonly unknown[]): ReturnType<EngineStatement['run']>
}

/** Before it, Node warns at every start that its SQLite is an experiment. */
const firstMajor = 24

/** The SQLite that Node itself has; undefined where it has none, or none that is ready. */
export function nodeSqlite(): SqliteEngine | undefined {
  if (Number.parseInt(process.versions.node, 10) < firstMajor) return undefined
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite') as unknown as NodeSqlite
  return {
    name: 'node:sqlite',
    open(url, busyMs) {
      const options = { timeout: busyMs, enableForeignKeyConstraints: true }
      const database = named(() => new DatabaseSync(url, options))
      return {
        prepare: (sql) => statement(named(() => database.prepare(sql))),
        exec: (sql) => named(() => database.exec(sql)),
        isInTransaction: () => database.isTransaction,
        close: () => database.close(),
      }
    },
  }
}

function statement(prepared: NodeStatement): EngineStatement {
  prepared.setReturnArrays(true)
  return {
    columns: prepared.columns().map(({ name }) => name),
    all: (parameters) => named(() => prepared.all(...parameters)),
    get: (parameters) => named(() => prepared.get(...parameters)),
    run: (parameters) => named(() => prepared.run(...parameters)),
  }
}

/** The names of SQLite's result codes (https://sqlite.org/rescode.html) that somebody here asks for or may want to read. */
const codes: Readonly<Record<number, string>> = {
  1: 'SQLITE_ERROR',
  3: 'SQLITE_PERM',
  4: 'SQLITE_ABORT',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: 'SQLITE_PROTOCOL',
  17: 'SQLITE_SCHEMA',
  18: 'SQLITE_TOOBIG',
  19: 'SQLITE_CONSTRAINT',
  20: 'SQLITE_MISMATCH',
  21: 'SQLITE_MISUSE',
  26: 'SQLITE_NOTADB',
}

/** Node gives the number of an error; the store, and what it tells people, go by the name. */
function named<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number') {
      // The lower byte of an extended code is the one it extends.
      Object.assign(error, { code: codes[error.errcode & 0xff] ?? 'SQLITE_ERROR' })
    }
    throw error
  }
}
