import type { Migration } from 'kysely'

/** An account's instances by id: each page of the overview of a fleet begins where the one before ended. */
export function fleetOverview(): Migration {
  return {
    async up(db) {
      await db.schema.createIndex('instance_of_account_by_id').on('instance').columns(['account_id', 'id']).execute()
    },
  }
}
