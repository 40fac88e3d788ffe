import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** What all gateways of an account carried in each quarter of an hour, kept for nine days; and series that are due by an index. */
export function fleetTraffic({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('fleet_step')
        .addColumn('account_id', 'text', (c) => c.notNull())
        .addColumn('at', whole, (c) => c.notNull())
        .addColumn('gateways', whole, (c) => c.notNull())
        .addColumn('online', whole, (c) => c.notNull())
        .addColumn('counted', whole, (c) => c.notNull())
        .addColumn('received', whole, (c) => c.notNull())
        .addColumn('sent', whole, (c) => c.notNull())
        .addColumn('looks', whole)
        .addColumn('users', whole)
        .addPrimaryKeyConstraint('fleet_step_key', ['account_id', 'at'])
        .modifyEnd(tableEnd)
        .execute()
      await db.schema.createIndex('fleet_step_by_age').on('fleet_step').column('at').execute()
      await db.schema.createIndex('series_kept_by_age').on('series_kept').column('at').execute()
    },
  }
}
