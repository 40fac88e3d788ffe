import type { Migration } from 'kysely'

/**
 * Addresses that gateways came from have a share of the handshakes, also after a restart. An account's instances by age:
 * a list of them is walked in parts.
 */
export function gatewaySource(): Migration {
  return {
    async up(db) {
      await db.schema.alterTable('device').addColumn('came_from', 'text').execute()
      await db.schema
        .createIndex('instance_of_account_by_age')
        .on('instance')
        .columns(['account_id', 'created_at desc', 'id'])
        .execute()
    },
  }
}
