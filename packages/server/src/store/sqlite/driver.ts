import { pathToFileURL } from 'node:url'
import Database from 'libsql'
import { StoreClosed } from '../errors.ts'

/** What SQLite is asked for, in the few words the store needs. Everything is synchronous. */
export interface SqliteDriver {
  /** `create` makes the file when it is missing. `read` writes nothing, not even the recovery of a write-ahead log. */
  open(file: string, mode: 'read' | 'write' | 'create'): SqliteConnection
}

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
 * How long a statement waits for a lock of another process, such as a backup. The wait blocks the whole process, and
 * in ordinary running there is nobody to wait for.
 */
const busyMs = 1000

const openModes = { read: 'ro', write: 'rw', create: 'rwc' } as const

/** The only place that knows which SQLite this is. */
export const libsqlDriver: SqliteDriver = {
  open(file, mode) {
    const url = pathToFileURL(file)
    url.searchParams.set('mode', openModes[mode])
    const database = new Database(url.href, { timeout: busyMs })
    let closed = false

    /** Inside libsql a call after the end aborts the whole process. */
    function open(): Database.Database {
      if (closed) throw new StoreClosed()
      return database
    }

    return {
      prepare: (sql) => statement(open().prepare(sql), open),
      exec: (sql) => void open().exec(sql),
      get inTransaction() {
        return open().inTransaction
      },
      close() {
        if (closed) return
        closed = true
        try {
          // With a transaction open, the lock on the database would outlive the connection.
          if (database.inTransaction) database.exec('rollback')
        } finally {
          database.close()
        }
      },
    }
  },
}

function statement(prepared: Database.Statement, open: () => unknown): SqliteStatement {
  // Asking costs a call into native code, and the answer never changes.
  const returnsRows = prepared.reader
  const toRow = rowsOf(returnsRows ? prepared.columns().map(({ name }) => name) : [])
  // libsql makes an object of a wide row at several times the cost of an array.
  if (returnsRows) prepared.raw(true)
  return {
    returnsRows,
    all(parameters) {
      open()
      return (prepared.all(bindable(parameters)) as unknown[][]).map(toRow)
    },
    first(parameters) {
      open()
      const values = prepared.get(bindable(parameters)) as unknown[] | undefined
      return values && toRow(values)
    },
    run(parameters) {
      open()
      return prepared.run(bindable(parameters))
    },
  }
}

type Row = Readonly<Record<string, unknown>>

/** Each row is a copy of one that has all names: built up name by name, a wide object is slow to make and to read. */
function rowsOf(names: readonly string[]): (values: readonly unknown[]) => Row {
  const empty: Row = Object.fromEntries(names.map((name) => [name, null]))
  return (values) => {
    const row: Record<string, unknown> = { ...empty }
    for (let column = 0; column < names.length; column++) row[names[column] as string] = values[column]
    return row
  }
}

/** Anything else would be stored as something it is not, and a boolean would abort the whole process inside libsql. */
function bindable(parameters: readonly unknown[]): readonly unknown[] {
  for (const value of parameters) {
    if (typeof value === 'string' || value === null || typeof value === 'bigint') continue
    if (typeof value === 'number' && Number.isFinite(value)) continue
    throw new TypeError(`SQLite has no value for this ${typeof value}.`)
  }
  return parameters
}

/** SQLite's own name of an error, such as `SQLITE_NOTADB`; undefined when it is none of SQLite's. */
export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : undefined
}
