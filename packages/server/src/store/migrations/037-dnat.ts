import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Destination NAT; and what of an instance's configuration not every gateway understands. */
export function dnat({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('dnat_entry')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('instance_id', 'text', (c) => c.notNull().references('instance.id').onDelete('cascade'))
        .addColumn('ccn_id', 'text')
        .addColumn('type', 'text', (c) => c.notNull())
        .addColumn('protocol', 'text', (c) => c.notNull())
        .addColumn('external_ip', whole)
        .addColumn('external_port', whole)
        .addColumn('internal_ip', whole, (c) => c.notNull())
        .addColumn('internal_port', whole)
        .addColumn('created_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createIndex('dnat_entry_of_instance')
        .on('dnat_entry')
        .columns(['instance_id', 'created_at', 'id'])
        .execute()
      await db.schema.createIndex('dnat_entry_of_ccn').on('dnat_entry').columns(['ccn_id', 'external_ip']).execute()
      await db.schema.alterTable('instance').addColumn('config_needs', 'text').execute()
    },
  }
}
