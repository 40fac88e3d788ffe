import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Sessions: temporary keys of whoever assumed a role or works at the console. */
export function sessions({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('sts_session')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
        .addColumn('secret_sealed', 'text', (c) => c.notNull())
        .addColumn('token_hash', 'text', (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .addColumn('expires_at', whole, (c) => c.notNull())
        // What it hangs on, by id and without a reference: that these are gone is what ends it.
        .addColumn('access_key_id', 'text')
        .addColumn('user_id', 'text')
        .addColumn('profile_tag', 'text')
        .addColumn('role_id', 'text')
        .addColumn('session_name', 'text')
        .addColumn('policy', 'text')
        .addColumn('begun_by', 'text', (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      await db.schema.createIndex('sts_session_expiry').on('sts_session').column('expires_at').execute()
    },
  }
}
