import type { Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Grants of a network to a CEN of another account, and of an instance to a VBR of another account. */
export function grants({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db) {
      await db.schema
        .createTable('cen_grant')
        .addColumn('ccn_id', 'text', (c) => c.notNull().references('ccn.id').onDelete('cascade'))
        .addColumn('cen_id', 'text', (c) => c.notNull())
        .addColumn('id', 'text', (c) => c.notNull())
        .addColumn('cen_account_id', 'text', (c) => c.notNull())
        .addColumn('traffic_service', whole, (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .addColumn('modified_at', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('cen_grant_key', ['ccn_id', 'cen_id'])
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createTable('vbr_grant')
        .addColumn('instance_id', 'text', (c) => c.notNull().references('instance.id').onDelete('cascade'))
        .addColumn('vbr_id', 'text', (c) => c.notNull())
        .addColumn('id', 'text', (c) => c.notNull())
        .addColumn('vbr_region_id', 'text', (c) => c.notNull())
        .addColumn('vbr_account_id', 'text', (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('vbr_grant_key', ['instance_id', 'vbr_id'])
        .modifyEnd(tableEnd)
        .execute()
      await db.schema.createIndex('vbr_grant_of_vbr').on('vbr_grant').columns(['vbr_id', 'vbr_account_id']).execute()
    },
  }
}
