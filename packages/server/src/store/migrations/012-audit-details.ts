import type { Kysely, Migration } from 'kysely'

/** What a call sent and changed; and the records of one remote user without a look at those of all. */
export function auditDetails(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('audit_event').addColumn('details', 'text').execute()
      await db.schema
        .createIndex('connection_audit_of_user')
        .on('connection_audit')
        .columns(['instance_id', 'user_name', 'id'])
        .execute()
    },
  }
}
