import type { Migration } from 'kysely'

/** The operator's way back, after a store that was rolled back has learnt of a later change from a gateway. */
export function passwordAside(): Migration {
  return {
    async up(db) {
      await db.schema.alterTable('device').addColumn('password_aside', 'text').execute()
      await db.schema.alterTable('device').addColumn('password_taken_back', 'text').execute()
    },
  }
}
