import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/**
 * The last commit of each writer of each node, so that a node whose connection broke during a commit learns whether it
 * was made. The tables are the same in both databases; SQLite has no use for this one.
 */
export function commitMark({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('commit_mark')
        .addColumn('writer', 'text', (c) => c.notNull().primaryKey())
        .addColumn('number', whole, (c) => c.notNull())
        .addColumn('written_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
