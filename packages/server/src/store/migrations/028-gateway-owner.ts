import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Which of several nodes holds a gateway: a number that grows with each connection, and which nodes there are. */
export function gatewayOwner({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .alterTable('device')
        .addColumn('owner_epoch', whole, (c) => c.notNull().defaultTo(0))
        .execute()
      await db.schema
        .createTable('node')
        .addColumn('id', 'text', (c) => c.notNull().primaryKey())
        .addColumn('started_at', whole, (c) => c.notNull())
        .addColumn('seen_at', whole, (c) => c.notNull())
        .addColumn('version', 'text', (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
