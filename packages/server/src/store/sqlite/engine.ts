import { statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { StoreClosed } from '../errors.ts'
import type { SqliteDriver, SqliteStatement } from './driver.ts'

/** What is particular to one SQLite for Node. Its errors have SQLite's names as `code`. */
export interface SqliteEngine {
  readonly name: string
  /**
   * @param url of the file, with SQLite's `mode`
   * @param busyMs how long a statement waits for a lock of another process
   */
  open(url: URL, busyMs: number): EngineDatabase
}

export interface EngineDatabase {
  prepare(sql: string): EngineStatement
  exec(sql: string): void
  isInTransaction(): boolean
  close(): void
}

export interface EngineStatement {
  /** Names of what it returns; none when it returns no rows. */
  readonly columns: readonly string[]
  all(parameters: readonly unknown[]): readonly (readonly unknown[])[]
  get(parameters: readonly unknown[]): readonly unknown[] | undefined
  run(parameters: readonly unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint }
}

/**
 * How long a statement waits for a lock of another process, such as a backup. The wait blocks the whole process, and
 * in ordinary running there is nobody to wait for.
 */
const busyMs = 1000

const openModes = { read: 'ro', alone: 'ro', write: 'rw', create: 'rwc' } as const

/** The driver of the store over one SQLite for Node: the same behaviour whichever it is. */
export function driverOver(engine: SqliteEngine): SqliteDriver {
  return {
    open(file, mode) {
      const url = pathToFileURL(file)
      url.searchParams.set('mode', openModes[mode])
      // What a log holds is part of the database.
      const hasLog = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
      if (mode === 'alone' && !hasLog) url.searchParams.set('immutable', '1')
      const database = engine.open(url, busyMs)
      let closed = false

      /** Inside libsql a call after the end aborts the whole process. */
      function open(): EngineDatabase {
        if (closed) throw new StoreClosed()
        return database
      }

      return {
        prepare: (sql) => statement(open().prepare(sql), open),
        exec: (sql) => open().exec(sql),
        get inTransaction() {
          return open().isInTransaction()
        },
        close() {
          if (closed) return
          closed = true
          try {
            // With a transaction open, the lock on the database would outlive the connection.
            if (database.isInTransaction()) database.exec('rollback')
          } finally {
            database.close()
          }
        },
      }
    },
  }
}

function statement(prepared: EngineStatement, open: () => unknown): SqliteStatement {
  const toRow = rowsOf(prepared.columns)
  return {
    returnsRows: prepared.columns.length > 0,
    all(parameters) {
      open()
      return prepared.all(bindable(parameters)).map(toRow)
    },
    first(parameters) {
      open()
      const values = prepared.get(bindable(parameters))
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
    if ((typeof value === 'number' && Number.isFinite(value)) || value instanceof Uint8Array) continue
    throw new TypeError(`SQLite has no value for this ${typeof value}.`)
  }
  return parameters
}
