import type { Kysely, Migration } from 'kysely'
import { addedColumns } from './added-columns.ts'
import type { ColumnTypes } from './column-types.ts'

/** What the owner of a session is shown of it: when it was last used, and from where and with which browser it was begun. */
export function consoleSessions({ whole }: ColumnTypes): Migration {
  const columns = addedColumns('sts_session', { last_used_at: whole, source: 'text', browser: 'text' })
  return {
    async up(db: Kysely<unknown>) {
      await columns.up(db)
      await db.schema
        .createIndex('sts_session_account')
        .on('sts_session')
        .columns(['account_id', 'created_at', 'id'])
        .execute()
    },
  }
}
