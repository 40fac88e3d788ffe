import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** When a gateway that is away was heard last, and a way to the password changes of an account that failed of late. */
export function gatewayHealth({ whole }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema.alterTable('device').addColumn('heard_at', whole).execute()
      await db.schema
        .createIndex('password_change_of_account')
        .on('password_change')
        .columns(['account_id', 'outcome', 'requested_at'])
        .execute()
    },
  }
}
