import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Which routes gateways said last that they have, and which of them are distributed otherwise than all others are. */
export function routes({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('route_report')
        .addColumn('serial', 'text', (c) => c.primaryKey().notNull().references('device.serial').onDelete('cascade'))
        .addColumn('at', whole, (c) => c.notNull())
        .addColumn('report', 'text', (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createTable('route_strategy')
        .addColumn('instance_id', 'text', (c) => c.notNull().references('instance.id').onDelete('cascade'))
        .addColumn('side', 'text', (c) => c.notNull())
        .addColumn('source', 'text', (c) => c.notNull())
        .addColumn('cidr', 'text', (c) => c.notNull())
        .addColumn('distribution', 'text', (c) => c.notNull())
        .addColumn('health_check_id', 'text', (c) => c.references('health_check.id'))
        .addColumn('created_at', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('route_strategy_key', ['instance_id', 'side', 'source', 'cidr'])
        .modifyEnd(tableEnd)
        .execute()
      // Whether a health check can be deleted.
      await db.schema.createIndex('route_strategy_of_check').on('route_strategy').column('health_check_id').execute()
    },
  }
}
