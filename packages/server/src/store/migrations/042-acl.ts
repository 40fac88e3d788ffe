import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Access control lists with their rules, and which instance has which. */
export function acl({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('acl')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account_id', 'text', (c) => c.notNull())
        .addColumn('region_id', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('type', 'text', (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createIndex('acl_of_account')
        .on('acl')
        .columns(['account_id', 'region_id', 'created_at', 'id'])
        .execute()
      await db.schema
        .createTable('acl_rule')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('acl_id', 'text', (c) => c.notNull().references('acl.id').onDelete('cascade'))
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('description', 'text', (c) => c.notNull())
        .addColumn('policy', 'text', (c) => c.notNull())
        .addColumn('direction', 'text', (c) => c.notNull())
        .addColumn('side', 'text', (c) => c.notNull())
        .addColumn('priority', whole, (c) => c.notNull())
        .addColumn('protocol', 'text', (c) => c.notNull())
        .addColumn('source_cidr', 'text', (c) => c.notNull())
        .addColumn('source_ports', 'text', (c) => c.notNull())
        .addColumn('dest_cidr', 'text', (c) => c.notNull())
        .addColumn('dest_ports', 'text', (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema.createIndex('acl_rule_of_acl').on('acl_rule').column('acl_id').execute()
      await db.schema.alterTable('instance').addColumn('acl_id', 'text').execute()
      await db.schema.createIndex('instance_of_acl').on('instance').column('acl_id').execute()
    },
  }
}
