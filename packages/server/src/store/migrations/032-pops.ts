import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Points of presence, the numbers of a network, and what gateways report of it. */
export function pops({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('device').addColumn('tunnel_up', whole).execute()
      await db.schema
        .createTable('pop')
        .addColumn('serial', 'text', (c) => c.primaryKey().notNull().references('device.serial').onDelete('cascade'))
        .addColumn('endpoint', 'text', (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .addColumn('removed_at', whole)
        .addColumn('revision', whole, (c) => c.notNull())
        .addColumn('digest', 'text')
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createTable('network_number')
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('number', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('network_number_key', ['kind', 'name'])
        .addUniqueConstraint('network_number_taken', ['kind', 'number'])
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createTable('network_report')
        .addColumn('serial', 'text', (c) => c.primaryKey().notNull().references('device.serial').onDelete('cascade'))
        .addColumn('at', whole, (c) => c.notNull())
        .addColumn('report', 'text', (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
