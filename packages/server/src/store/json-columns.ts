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

/** The tags of a row of `instance`, or of what is called `table` here, as rows: each tag's `value` is its JSON, as it is written in the column. */
export function eachTag(db: Reader, table = 'instance'): RawBuilder<unknown> {
  const tags = sql.ref(`${table}.tags`)
  return isPostgres(db) ? sql`json_array_elements_text(${tags}::json)` : sql`json_each(${tags})`
}

/** The one sign beside letters of ASCII that has one of these as its lower case: that of the kelvin. */
const kelvin = '\u212a'

/** The key of such a tag in lower case, as far as its letters are of ASCII. */
export function tagKey(db: Reader): RawBuilder<string> {
  return isPostgres(db)
    ? sql`lower(replace(tag.value::json ->> 0, ${kelvin}, 'k') collate "C")`
    : sql`lower(replace(tag.value ->> 0, ${kelvin}, 'k'))`
}

function isPostgres(db: Reader): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter
}
