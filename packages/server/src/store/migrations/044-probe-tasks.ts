import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** What single gateways probe once a minute, and what came of it last. */
export function probeTasks({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('probe_task')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('instance_id', 'text', (c) => c.notNull().references('instance.id').onDelete('cascade'))
        .addColumn('serial', 'text', (c) => c.notNull().references('device.serial').onDelete('cascade'))
        .addColumn('generation', whole, (c) => c.notNull())
        .addColumn('name', 'text')
        .addColumn('type', 'text', (c) => c.notNull())
        .addColumn('protocol', 'text', (c) => c.notNull())
        .addColumn('domain', 'text', (c) => c.notNull())
        .addColumn('port', whole)
        .addColumn('source', whole)
        .addColumn('packets', whole, (c) => c.notNull())
        .addColumn('enabled', whole, (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .addColumn('modified_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createIndex('probe_task_of_instance')
        .on('probe_task')
        .columns(['instance_id', 'created_at', 'id'])
        .execute()
      await db.schema.createIndex('probe_task_of_device').on('probe_task').column('serial').execute()
      await db.schema
        .createTable('probe_report')
        .addColumn('serial', 'text', (c) => c.primaryKey().notNull().references('device.serial').onDelete('cascade'))
        .addColumn('at', whole, (c) => c.notNull())
        .addColumn('report', 'text', (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
