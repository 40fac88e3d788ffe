import type { Kysely, Migration } from 'kysely'
import { addedColumns } from './added-columns.ts'
import type { ColumnTypes } from './column-types.ts'

/**
 * Who a user is at an OpenID provider. One row a user and provider, made at the user's first logon with it; it goes with the
 * user's login profile. A session says how it was begun, where it was not with a key or a password.
 */
export function singleSignOn({ whole, tableEnd }: ColumnTypes): Migration {
  const columns = addedColumns('sts_session', { logon_method: 'text' })
  return {
    async up(db: Kysely<unknown>) {
      await columns.up(db)
      await db.schema
        .createTable('ram_identity')
        .addColumn('user_id', 'text', (c) => c.notNull().references('ram_user.id'))
        .addColumn('issuer', 'text', (c) => c.notNull())
        .addColumn('subject', 'text', (c) => c.notNull())
        .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
        .addColumn('bound_at', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('ram_identity_key', ['user_id', 'issuer'])
        // Nobody is two users of an account.
        .addUniqueConstraint('ram_identity_subject', ['account_id', 'issuer', 'subject'])
        .modifyEnd(tableEnd)
        .execute()
    },
  }
}
