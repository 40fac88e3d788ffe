import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Packets that gateways threw away, and what remote users carried: in a session so far, and in months that are over. */
export function statistics({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const column of ['packets', 'dropped']) {
        await db.schema
          .alterTable('traffic')
          .addColumn(column, whole, (c) => c.notNull().defaultTo(0))
          .execute()
      }
      await db.schema
        .alterTable('client_session')
        .addColumn('bytes', whole, (c) => c.notNull().defaultTo(0))
        .execute()
      await db.schema
        .createTable('client_user_month')
        .addColumn('instance_id', 'text', (c) => c.notNull())
        .addColumn('user_name', 'text', (c) => c.notNull())
        .addColumn('month', whole, (c) => c.notNull())
        .addColumn('bytes', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('client_user_month_key', ['instance_id', 'user_name', 'month'])
        .addForeignKeyConstraint(
          'client_user_month_of_user',
          ['instance_id', 'user_name'],
          'client_user',
          ['instance_id', 'name'],
          (c) => c.onDelete('cascade'),
        )
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
