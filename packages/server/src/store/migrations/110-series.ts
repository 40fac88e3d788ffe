import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Series of gateways and of remote users, many steps packed into a row, and who is logged on now and then. */
export function series({ whole, bytes, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('series')
        .addColumn('instance_id', 'text', (c) => c.notNull().references('instance.id').onDelete('cascade'))
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('span', 'text', (c) => c.notNull())
        .addColumn('begin_at', whole, (c) => c.notNull())
        .addColumn('steps', bytes, (c) => c.notNull())
        .addPrimaryKeyConstraint('series_key', ['instance_id', 'subject', 'span', 'begin_at'])
        .modifyEnd(tableEnd)
        .execute()
      await db.schema.createIndex('series_by_age').on('series').columns(['span', 'begin_at']).execute()
      await db.schema
        .createTable('series_kept')
        .addColumn('instance_id', 'text', (c) => c.notNull().references('instance.id').onDelete('cascade'))
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('at', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('series_kept_key', ['instance_id', 'subject'])
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createTable('client_load')
        .addColumn('at', whole, (c) => c.notNull())
        .addColumn('instance_id', 'text', (c) => c.notNull())
        .addColumn('looked_at', whole, (c) => c.notNull())
        .addColumn('looks', whole, (c) => c.notNull())
        .addColumn('users', whole, (c) => c.notNull())
        .addColumn('most', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('client_load_key', ['at', 'instance_id'])
        .modifyEnd(tableEnd)
        .execute()
      for (const column of ['beats', 'lost', 'trip']) {
        await db.schema.alterTable('traffic').addColumn(column, whole).execute()
      }
    },
  }
}
