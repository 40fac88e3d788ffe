import type { Kysely, Migration } from 'kysely'

/** Which change a gateway has proved to hold, and a quick way to the changes that are still undecided. */
export function heldPassword(): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('device').addColumn('password_held', 'text').execute()
      await db.schema
        .createIndex('password_change_undecided')
        .on('password_change')
        .column('serial')
        .where('outcome' as never, '=', 'requested')
        .execute()
    },
  }
}
