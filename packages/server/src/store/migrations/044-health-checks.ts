import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** What gateways probe again and again, and what they said last of it. */
export function healthChecks({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('health_check')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('instance_id', 'text', (c) => c.notNull().references('instance.id').onDelete('cascade'))
        .addColumn('generation', whole, (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('description', 'text')
        .addColumn('source', whole, (c) => c.notNull())
        .addColumn('destination', whole, (c) => c.notNull())
        .addColumn('source_port', whole)
        .addColumn('destination_port', whole)
        .addColumn('interval_ms', whole, (c) => c.notNull())
        .addColumn('probe_count', whole, (c) => c.notNull())
        .addColumn('timeout_ms', whole, (c) => c.notNull())
        .addColumn('slow_ms', whole, (c) => c.notNull())
        .addColumn('slow_answers', whole, (c) => c.notNull())
        .addColumn('failures', whole, (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createIndex('health_check_of_instance')
        .on('health_check')
        .columns(['instance_id', 'created_at', 'id'])
        .execute()
      await db.schema
        .createTable('health_report')
        .addColumn('serial', 'text', (c) => c.primaryKey().notNull().references('device.serial').onDelete('cascade'))
        .addColumn('at', whole, (c) => c.notNull())
        .addColumn('report', 'text', (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
