import { type Kysely, type Migration, sql } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Since when a gateway has its administrator password: of those that hold a changed one it is in the record of changes. */
export function adminPasswordDate({ whole }: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>): Promise<void> {
      for (const name of ['password_set', 'password_changed_at', 'password_mark']) {
        await db.schema.alterTable('device').addColumn(name, whole).execute()
      }
      await dateHeldPasswords(db)
    },
  }
}

/** Of a box that was replaced since, `password_held` names another sealing key than its row. */
export async function dateHeldPasswords<DB>(db: Kysely<DB>): Promise<void> {
  await sql`
    update device set password_changed_at = coalesce(
      (
        select max(decided_at) from password_change
        where password_change.serial = device.serial and password_change.outcome = 'succeeded'
      ),
      enrolled_at,
      0
    )
    where password_held like '%"sealKey":"' || seal_key || '"%'
  `.execute(db)
}
