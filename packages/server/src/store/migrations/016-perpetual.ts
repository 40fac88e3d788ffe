import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Instances that run without an end, because the server has no shop. */
export function perpetual({ whole }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .alterTable('instance')
        .addColumn('perpetual', whole, (c) => c.notNull().defaultTo(0))
        .execute()
    },
  }
}
