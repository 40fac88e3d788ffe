import { createRequire } from 'node:module'

type Value = string | number | null
export type Row = readonly Value[]

/** The few words of SQLite that the hand-written path needs; rows are arrays, in the order of the columns. */
export interface Database {
  exec(sql: string): void
  prepare(sql: string): Statement
  inTransaction(): boolean
}

export interface Statement {
  get(...parameters: readonly Value[]): Row | undefined
  all(): readonly Row[]
  run(...parameters: readonly Value[]): void
}

interface RawStatement {
  get(...parameters: readonly Value[]): unknown
  all(): readonly unknown[]
  run(...parameters: readonly Value[]): unknown
  raw?(isRaw: boolean): unknown
  setReturnArrays?(isArray: boolean): void
  readonly reader?: boolean
}

const require = createRequire(import.meta.url)

/** The database of the server's own driver: `node:sqlite` where the running Node has it, `libsql` below. */
export function openDatabase(file: string): Database {
  const database = openRaw(file)
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
  database.exec('pragma cache_size = -16384; pragma wal_autocheckpoint = 2000')
  return {
    exec: (sql) => void database.exec(sql),
    prepare(sql) {
      const statement = database.prepare(sql)
      if (statement.reader === true) statement.raw?.(true)
      statement.setReturnArrays?.(true)
      return {
        get(...parameters) {
          const row = statement.get(...parameters)
          return row === undefined || row === null ? undefined : rowOf(row)
        },
        all: () => statement.all().map(rowOf),
        run: (...parameters) => void statement.run(...parameters),
      }
    },
    inTransaction: () => database.inTransaction ?? database.isTransaction ?? false,
  }
}

interface RawDatabase {
  exec(sql: string): unknown
  prepare(sql: string): RawStatement
  readonly inTransaction?: boolean
  readonly isTransaction?: boolean
}

function openRaw(file: string): RawDatabase {
  const isBuiltIn = process.getBuiltinModule?.('node:sqlite') !== undefined
  if (isBuiltIn) {
    const { DatabaseSync } = require('node:sqlite') as { DatabaseSync: new (file: string) => RawDatabase }
    return new DatabaseSync(file)
  }
  return new (require('libsql') as new (file: string) => RawDatabase)(file)
}

/** A Node whose `node:sqlite` has no arrays yet gives objects, in the order of the columns. */
function rowOf(row: unknown): Row {
  return Array.isArray(row) ? row : Object.values(row as Readonly<Record<string, Value>>)
}
