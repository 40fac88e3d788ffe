import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Failed logons with a password, which all nodes count together. */
export function guesses({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('guess')
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('guesser', 'text', (c) => c.notNull())
        .addColumn('failures', whole, (c) => c.notNull())
        .addColumn('last_at', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('guess_key', ['kind', 'guesser'])
        .modifyEnd(tableEnd)
        .execute()
      await db.schema.createIndex('guess_by_age').on('guess').columns(['kind', 'last_at']).execute()
    },
  }
}
