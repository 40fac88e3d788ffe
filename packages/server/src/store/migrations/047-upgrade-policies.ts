import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** When devices upgrade by themselves. */
export function upgradePolicies({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('upgrade_policy')
        .addColumn('serial', 'text', (c) => c.notNull().references('device.serial').onDelete('cascade'))
        .addColumn('version_type', 'text', (c) => c.notNull())
        .addColumn('upgrade_type', 'text', (c) => c.notNull())
        .addColumn('cron', 'text')
        .addColumn('duration', whole)
        .addColumn('time_zone', 'text')
        .addColumn('tried_version', 'text')
        .addColumn('tried_at', whole)
        .addColumn('seen_start', whole)
        .addPrimaryKeyConstraint('upgrade_policy_key', ['serial', 'version_type'])
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
