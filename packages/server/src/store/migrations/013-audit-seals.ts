import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Seals over the audit trail: what a row of it was when the server signed for it. */
export function auditSeals({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('audit_seal')
        .addColumn('number', whole, (c) => c.primaryKey().notNull())
        .addColumn('first_id', whole, (c) => c.notNull())
        .addColumn('last_id', whole, (c) => c.notNull())
        .addColumn('entries', whole, (c) => c.notNull())
        .addColumn('total_bytes', whole, (c) => c.notNull())
        .addColumn('newest_at', whole, (c) => c.notNull())
        .addColumn('sealed_at', whole, (c) => c.notNull())
        .addColumn('hash', 'text', (c) => c.notNull())
        .addColumn('key_id', 'text', (c) => c.notNull())
        .addColumn('signature', 'text', (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
