import { type Expression, PostgresAdapter, type RawBuilder, sql } from 'kysely'
import type { Reader } from './store.ts'

// Several columns as one JSON text: SQLite hands over one long column in a third of the time of fifteen short ones.

/** One row's columns as an array. */
export function jsonArray(db: Reader, columns: readonly Expression<unknown>[]): RawBuilder<string> {
  return isPostgres(db) ? sql`json_build_array(${sql.join(columns)})::text` : sql`json_array(${sql.join(columns)})`
}

/** The columns of several rows as an array of arrays; null, or an empty array, without rows. */
export function jsonRows(db: Reader, columns: readonly Expression<unknown>[]): RawBuilder<string | null> {
  return isPostgres(db)
    ? sql`json_agg(json_build_array(${sql.join(columns)}))::text`
    : sql`json_group_array(json_array(${sql.join(columns)}))`
}

function isPostgres(db: Reader): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}
