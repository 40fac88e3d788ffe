import { createRecentlyUsed } from '../../recently-used.ts'
import type { SqliteConnection, SqliteStatement } from './driver.ts'

const capacity = 256

/** Prepared statements of one connection by their text; of too many, the least recently used is let go. */
export function createStatementCache(connection: SqliteConnection): StatementCache {
  const statements = createRecentlyUsed<string, SqliteStatement>(capacity)
  return {
    get(sql) {
      const known = statements.get(sql)
      if (known !== undefined) return known
      const statement = connection.prepare(sql)
      statements.set(sql, statement)
      return statement
    },
    forget: (sql) => statements.delete(sql),
  }
}

export interface StatementCache {
  get(sql: string): SqliteStatement
  forget(sql: string): void
}
