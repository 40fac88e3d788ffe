import type { SqliteConnection, SqliteStatement } from './driver.ts'

const capacity = 256

/** Prepared statements of one connection by their text; of too many, the least recently used is let go. */
export function createStatementCache(connection: SqliteConnection): StatementCache {
  const statements = new Map<string, SqliteStatement>()
  return {
    get(sql) {
      let statement = statements.get(sql)
      if (statement === undefined) {
        statement = connection.prepare(sql)
        const [oldest] = statements.keys()
        if (statements.size >= capacity && oldest !== undefined) statements.delete(oldest)
      } else {
        statements.delete(sql)
      }
      statements.set(sql, statement)
      return statement
    },
    forget: (sql) => void statements.delete(sql),
  }
}

export interface StatementCache {
  get(sql: string): SqliteStatement
  forget(sql: string): void
}
