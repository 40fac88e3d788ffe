import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** How much those call who call most, for nodes to tell one another. */
export function paces({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('pace_use')
        .addColumn('run', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('taken', whole, (c) => c.notNull())
        .addColumn('at', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('pace_use_key', ['run', 'kind', 'name'])
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
