import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** The audit trail: what was asked of every operation, by whom and with what outcome. */
export function audit({ whole, serial, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      // It names things without referring to them: it outlives them all.
      await db.schema
        .createTable('audit_event')
        .addColumn('id', serial, (c) => c.primaryKey().notNull())
        .addColumn('at', whole, (c) => c.notNull())
        .addColumn('account_id', 'text', (c) => c.notNull())
        .addColumn('principal', 'text', (c) => c.notNull())
        .addColumn('principal_id', 'text', (c) => c.notNull())
        .addColumn('access_key_id', 'text', (c) => c.notNull())
        .addColumn('source', 'text', (c) => c.notNull())
        .addColumn('product', 'text', (c) => c.notNull())
        .addColumn('action', 'text', (c) => c.notNull())
        .addColumn('level', 'text', (c) => c.notNull())
        .addColumn('region_id', 'text')
        .addColumn('resources', 'text', (c) => c.notNull())
        .addColumn('outcome', 'text')
        .addColumn('request_id', 'text', (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createIndex('audit_event_of_account')
        .on('audit_event')
        .columns(['account_id', 'at', 'id'])
        .execute()
    },
  }
}
