import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/**
 * What a gateway says of its configuration: on trial, given up, failing; what was promised about its local one; and what
 * the history of an instance is told from.
 */
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
      // What the owner of an instance may know of its gateways: only what was while they were bound to it.
      await db.schema.alterTable('password_change').addColumn('generation', whole).execute()
      await db.schema.alterTable('device_event').addColumn('instance_id', 'text').execute()
      await db.schema
        .createIndex('device_event_of_instance')
        .on('device_event')
        .columns(['instance_id', 'id'])
        .execute()
      await db.schema
        .createIndex('password_change_of_instance')
        .on('password_change')
        .columns(['instance_id', 'requested_at', 'id'])
        .execute()
    },
  }
}
