import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Instances whose gateways are watched more closely, and what gateways measured and found when they were asked. */
export function monitoring({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .alterTable('instance')
        .addColumn('advanced_monitor', whole, (c) => c.notNull().defaultTo(0))
        .execute()
      await db.schema
        .createTable('diagnosis')
        .addColumn('serial', 'text', (c) => c.primaryKey().notNull().references('device.serial').onDelete('cascade'))
        .addColumn('id', 'text', (c) => c.notNull())
        .addColumn('asked_at', whole, (c) => c.notNull())
        .addColumn('told_at', whole)
        .addColumn('report', 'text')
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createTable('point_quality')
        .addColumn('serial', 'text', (c) => c.primaryKey().notNull().references('device.serial').onDelete('cascade'))
        .addColumn('at', whole, (c) => c.notNull())
        .addColumn('report', 'text', (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
