import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/**
 * Used nonces by the thousand in one row, so that a start of the embedded store does not read a row of each. The rows there
 * are become runs when the store is opened. The tables are the same in both databases; PostgreSQL has no use for this one.
 */
export function nonceRuns({ whole, bytes, serial, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('nonce_run')
        .addColumn('id', serial, (c) => c.notNull().primaryKey())
        .addColumn('expires_by', whole, (c) => c.notNull())
        .addColumn('fingerprints', bytes, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
