import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** What a gateway says of its configuration: on trial, given up, failing; and what was promised about its local one. */
export function gatewayConfiguration({ whole }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      const device = db.schema.alterTable('device')
      await device.addColumn('config_trial', whole, (c) => c.notNull().defaultTo(0)).execute()
      await device.addColumn('config_failing', whole, (c) => c.notNull().defaultTo(0)).execute()
      await device.addColumn('reverted_revision', whole).execute()
      await device.addColumn('reverted_reason', 'text').execute()
      await device.addColumn('config_reported_at', whole).execute()
      await device.addColumn('promised_revision', whole).execute()
      // Paging through what happened to one gateway, newest first.
      await db.schema
        .createIndex('password_change_of_instance')
        .on('password_change')
        .columns(['instance_id', 'requested_at', 'id'])
        .execute()
    },
  }
}
