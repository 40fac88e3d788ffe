import type { CreateTableBuilder, Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** QoS with their throttling and classification rules, and which instance has which. */
export function qos({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      const rule = (name: string): CreateTableBuilder<string, string> =>
        db.schema
          .createTable(name)
          .addColumn('id', 'text', (c) => c.primaryKey().notNull())
          .addColumn('qos_id', 'text', (c) => c.notNull().references('qos.id').onDelete('cascade'))
          .addColumn('name', 'text')
          .addColumn('description', 'text')
          .addColumn('priority', whole, (c) => c.notNull())

      await db.schema
        .createTable('qos')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account_id', 'text', (c) => c.notNull())
        .addColumn('region_id', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('description', 'text')
        .addColumn('created_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createIndex('qos_of_account')
        .on('qos')
        .columns(['account_id', 'region_id', 'created_at', 'id'])
        .execute()
      await rule('qos_car')
        .addColumn('limit_type', 'text', (c) => c.notNull())
        .addColumn('min_abs', whole, (c) => c.notNull())
        .addColumn('max_abs', whole, (c) => c.notNull())
        .addColumn('min_percent', whole, (c) => c.notNull())
        .addColumn('max_percent', whole, (c) => c.notNull())
        .addColumn('percent_source', 'text', (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await rule('qos_policy')
        .addColumn('protocol', 'text', (c) => c.notNull())
        .addColumn('source_cidr', 'text', (c) => c.notNull())
        .addColumn('source_ports', 'text', (c) => c.notNull())
        .addColumn('dest_cidr', 'text', (c) => c.notNull())
        .addColumn('dest_ports', 'text', (c) => c.notNull())
        .addColumn('start_time', 'text')
        .addColumn('end_time', 'text')
        .addColumn('created_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      for (const table of ['qos_car', 'qos_policy']) {
        await db.schema
          .createIndex(`${table}_of_qos`)
          .on(table)
          .columns(['qos_id', 'priority', 'created_at', 'id'])
          .execute()
      }
      await db.schema.alterTable('instance').addColumn('qos_id', 'text').execute()
      await db.schema.createIndex('instance_of_qos').on('instance').column('qos_id').execute()
    },
  }
}
