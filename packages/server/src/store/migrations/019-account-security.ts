import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Second factors of users, the rules an account has for passwords and logons, and former passwords. */
export function accountSecurity({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('ram_mfa_device')
        .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('seed_sealed', 'text', (c) => c.notNull())
        .addColumn('user_id', 'text', (c) => c.references('ram_user.id'))
        .addColumn('bound_at', whole)
        .addColumn('last_step', whole, (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('ram_mfa_device_key', ['account_id', 'name'])
        .modifyEnd(tableEnd)
        .execute()
      // A user has one; any number of devices have no user.
      await db.schema.createIndex('ram_mfa_device_of_user').on('ram_mfa_device').column('user_id').unique().execute()
      await db.schema
        .createTable('ram_former_password')
        .addColumn('user_id', 'text', (c) => c.notNull().references('ram_user.id'))
        .addColumn('password_hash', 'text', (c) => c.notNull())
        .addColumn('replaced_at', whole, (c) => c.notNull())
        .addPrimaryKeyConstraint('ram_former_password_key', ['user_id', 'password_hash'])
        .modifyEnd(tableEnd)
        .execute()
      await db.schema.alterTable('account').addColumn('password_policy', 'text').execute()
      await db.schema.alterTable('account').addColumn('security_preference', 'text').execute()
      await db.schema
        .alterTable('ram_login_profile')
        .addColumn('failures', whole, (c) => c.notNull().defaultTo(0))
        .execute()
      await db.schema.alterTable('ram_login_profile').addColumn('failing_since', whole).execute()
      await db.schema
        .alterTable('sts_session')
        .addColumn('mfa_present', whole, (c) => c.notNull().defaultTo(0))
        .execute()
    },
  }
}
