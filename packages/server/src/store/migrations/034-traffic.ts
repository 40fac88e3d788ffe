import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** What went through the tunnels of gateways. The key bounds it: an interval takes the row of one that is forgotten. */
export function traffic({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('traffic')
        .addColumn('serial', 'text', (c) => c.notNull().references('device.serial').onDelete('cascade'))
        .addColumn('span', 'text', (c) => c.notNull())
        .addColumn('slot', whole, (c) => c.notNull())
        .addColumn('at', whole, (c) => c.notNull())
        .addColumn('received', whole, (c) => c.notNull())
        .addColumn('sent', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('traffic_key', ['serial', 'span', 'slot'])
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
