import type { CreateTableBuilder, Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Users, groups, policies, roles and login profiles of accounts, and keys of users. */
export function ram({ whole, tableEnd }: ColumnTypes): Migration {
  function table(db: Kysely<unknown>, name: string): CreateTableBuilder<string, string> {
    return db.schema.createTable(name)
  }

  /** What every named thing of an account has. */
  function named(db: Kysely<unknown>, name: string): CreateTableBuilder<string, string> {
    return table(db, name)
      .addColumn('id', 'text', (c) => c.primaryKey().notNull())
      .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('created_at', whole, (c) => c.notNull())
      .addColumn('updated_at', whole, (c) => c.notNull())
      .addUniqueConstraint(`${name}_name`, ['account_id', 'name'])
  }

  async function accounts(db: Kysely<unknown>): Promise<void> {
    const account = db.schema.alterTable('account')
    await account.addColumn('access_epoch', whole, (c) => c.notNull().defaultTo(0)).execute()
    await account.addColumn('alias', 'text').execute()
    // Any number of accounts have none.
    await db.schema.createIndex('account_alias').on('account').column('alias').unique().execute()
  }

  async function people(db: Kysely<unknown>): Promise<void> {
    await named(db, 'ram_user')
      .addColumn('display_name', 'text')
      .addColumn('mobile_phone', 'text')
      .addColumn('email', 'text')
      .addColumn('comments', 'text')
      .addColumn('last_login_at', whole)
      .modifyEnd(tableEnd)
      .execute()
    await named(db, 'ram_group').addColumn('comments', 'text').modifyEnd(tableEnd).execute()
    await table(db, 'ram_group_member')
      .addColumn('group_id', 'text', (c) => c.notNull().references('ram_group.id'))
      .addColumn('user_id', 'text', (c) => c.notNull().references('ram_user.id'))
      .addColumn('joined_at', whole, (c) => c.notNull())
      .addPrimaryKeyConstraint('ram_group_member_key', ['group_id', 'user_id'])
      .modifyEnd(tableEnd)
      .execute()
    await db.schema.createIndex('ram_group_member_of_user').on('ram_group_member').column('user_id').execute()
    await table(db, 'ram_login_profile')
      .addColumn('user_id', 'text', (c) => c.primaryKey().notNull().references('ram_user.id'))
      .addColumn('password_hash', 'text', (c) => c.notNull())
      .addColumn('password_reset_required', whole, (c) => c.notNull())
      .addColumn('mfa_bind_required', whole, (c) => c.notNull())
      .addColumn('created_at', whole, (c) => c.notNull())
      .addColumn('password_changed_at', whole, (c) => c.notNull())
      .modifyEnd(tableEnd)
      .execute()
    const key = db.schema.alterTable('access_key')
    await key.addColumn('user_id', 'text', (c) => c.references('ram_user.id')).execute()
    await key.addColumn('last_used_at', whole).execute()
    await db.schema.createIndex('access_key_of_user').on('access_key').column('user_id').execute()
  }

  async function roles(db: Kysely<unknown>): Promise<void> {
    await named(db, 'ram_role')
      .addColumn('description', 'text')
      .addColumn('trust_policy', 'text', (c) => c.notNull())
      .addColumn('max_session_duration', whole, (c) => c.notNull())
      .modifyEnd(tableEnd)
      .execute()
  }

  async function policies(db: Kysely<unknown>): Promise<void> {
    await named(db, 'ram_policy')
      .addColumn('description', 'text')
      .addColumn('last_version', whole, (c) => c.notNull())
      .addColumn('examples', 'text')
      .modifyEnd(tableEnd)
      .execute()
    await table(db, 'ram_policy_version')
      .addColumn('policy_id', 'text', (c) => c.notNull().references('ram_policy.id').onDelete('cascade'))
      .addColumn('version', whole, (c) => c.notNull())
      .addColumn('document', 'text', (c) => c.notNull())
      .addColumn('is_default', whole, (c) => c.notNull())
      .addColumn('created_at', whole, (c) => c.notNull())
      .addPrimaryKeyConstraint('ram_policy_version_key', ['policy_id', 'version'])
      .modifyEnd(tableEnd)
      .execute()
    // System policies are code and have no row: an attachment names its policy, and its target by id, which no rename
    // changes.
    await table(db, 'ram_attachment')
      .addColumn('account_id', 'text', (c) => c.notNull().references('account.id'))
      .addColumn('target_kind', 'text', (c) => c.notNull())
      .addColumn('target_id', 'text', (c) => c.notNull())
      .addColumn('policy_type', 'text', (c) => c.notNull())
      .addColumn('policy_name', 'text', (c) => c.notNull())
      .addColumn('attached_at', whole, (c) => c.notNull())
      .addPrimaryKeyConstraint('ram_attachment_key', ['target_id', 'target_kind', 'policy_type', 'policy_name'])
      .modifyEnd(tableEnd)
      .execute()
    await db.schema
      .createIndex('ram_attachment_of_policy')
      .on('ram_attachment')
      .columns(['account_id', 'policy_type', 'policy_name'])
      .execute()
  }

  return {
    async up(db) {
      await accounts(db)
      await people(db)
      await roles(db)
      await policies(db)
    },
  }
}
