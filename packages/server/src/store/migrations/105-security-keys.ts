import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/**
 * Security keys of RAM users, at most five of each, and the challenges that they are to sign. Both go with their user. A challenge
 * is deleted when it is used, or by the next one after its five minutes; a user has at most ten.
 */
export function securityKeys({ whole, tableEnd }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('ram_security_key')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('account_id', 'text', (c) => c.notNull().references('account.id').onDelete('cascade'))
        .addColumn('user_id', 'text', (c) => c.notNull().references('ram_user.id').onDelete('cascade'))
        .addColumn('name', 'text', (c) => c.notNull())
        .addColumn('credential_id', 'text', (c) => c.notNull().unique())
        .addColumn('public_key', 'text', (c) => c.notNull())
        .addColumn('transports', 'text', (c) => c.notNull())
        .addColumn('rp_id', 'text', (c) => c.notNull())
        .addColumn('counter', whole, (c) => c.notNull())
        .addColumn('created_at', whole, (c) => c.notNull())
        .addColumn('last_used_at', whole)
        .modifyEnd(tableEnd)
        .execute()
      await db.schema
        .createIndex('ram_security_key_of_user')
        .on('ram_security_key')
        .columns(['user_id', 'created_at'])
        .execute()
      await db.schema
        .createTable('ram_security_key_challenge')
        .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
        .addColumn('user_id', 'text', (c) => c.notNull().references('ram_user.id').onDelete('cascade'))
        .addColumn('purpose', 'text', (c) => c.notNull())
        .addColumn('basis', 'text', (c) => c.notNull())
        .addColumn('origin', 'text', (c) => c.notNull())
        .addColumn('expires_at', whole, (c) => c.notNull())
        .modifyEnd(tableEnd)
        .execute()
      for (const column of ['user_id', 'expires_at'])
        await db.schema
          .createIndex(`ram_security_key_challenge_${column}`)
          .on('ram_security_key_challenge')
          .column(column)
          .execute()
    },
  }
}
