import Database from 'libsql'
import type { EngineStatement, SqliteEngine } from './engine.ts'

/** SQLite from an npm package that brings its binaries along. */
export const libsql: SqliteEngine = {
  name: 'libsql',
  open(url, busyMs) {
    const database = new Database(url.href, { timeout: busyMs })
    return {
      prepare: (sql) => statement(database, sql),
      exec: (sql) => void database.exec(sql),
      isInTransaction: () => database.inTransaction,
      close: () => void database.close(),
    }
  },
}

function statement(database: Database.Database, sql: string): EngineStatement {
  const prepared = database.prepare(sql)
  // After `all` it would run with the values of that: of its own, it never runs after one.
  let single: Database.Statement | undefined
  const columns = prepared.reader ? prepared.columns().map(({ name }) => name) : []
  // It makes an object of a wide row at several times the cost of an array.
  if (prepared.reader) prepared.raw(true)
  return {
    columns,
    all: (parameters) => prepared.all(parameters) as unknown[][],
    get(parameters) {
      single ??= database.prepare(sql).raw(true)
      return single.get(parameters) as unknown[] | undefined
    },
    run: (parameters) => prepared.run(parameters),
  }
}
