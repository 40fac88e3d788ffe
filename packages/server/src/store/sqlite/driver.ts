import { driverOver, type SqliteEngine } from './engine.ts'
import { nodeSqlite } from './node-sqlite.ts'

/** What SQLite is asked for, in the few words the store needs. Everything is synchronous. */
export interface SqliteDriver {
  open(file: string, mode: OpenMode): SqliteConnection
}

/**
 * `create` makes the file when it is missing. `read` writes nothing, not even the recovery of a write-ahead log; beside a
 * database it may leave an empty one. `alone` is for a file that nobody else writes meanwhile: it leaves nothing either.
 */
export type OpenMode = 'read' | 'alone' | 'write' | 'create'

export interface SqliteConnection {
  prepare(sql: string): SqliteStatement
  /** Statements without parameters and result. */
  exec(sql: string): void
  /** False once SQLite itself rolled back, as it does when the disk is full. */
  readonly inTransaction: boolean
  close(): void
}

export interface SqliteStatement {
  readonly returnsRows: boolean
  all(parameters: readonly unknown[]): unknown[]
  /** The first row, without a look for more. */
  first(parameters: readonly unknown[]): unknown
  run(parameters: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint }
}

/**
 * The SQLite of Node where it has one that is ready (from Node 24 on): a statement takes a third of the time. Otherwise
 * libsql, whose package needs no compiler. Both read and write the same files, so a data folder outlives a change of Node.
 */
export const sqliteDriver: SqliteDriver = driverOver(nodeSqlite() ?? (await installed()))

/** `libsql`, which a person on a newer Node may leave out; without both nothing can be opened. */
async function installed(): Promise<SqliteEngine> {
  try {
    return (await import('./libsql.ts')).libsql
  } catch (error) {
    if (!/MODULE_NOT_FOUND$/.test(String((error as NodeJS.ErrnoException).code))) throw error
    const message = `Node ${process.versions.node} has no SQLite of its own: run Node 24 or newer, or install the package libsql.`
    return {
      name: 'none',
      open() {
        throw new Error(message)
      },
    }
  }
}

/** SQLite's own name of an error, such as `SQLITE_NOTADB`; undefined when it is none of SQLite's. */
export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : undefined
}
