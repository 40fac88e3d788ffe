import { type Kysely, sql } from 'kysely'
import { boundName } from '../migrations/031-audit-partitions.ts'
import { patiently } from '../migrations/patiently.ts'
import type { Schema } from '../schema.ts'

/** More than nodes ever add to the trail that go on before the step that makes it partitions, also when that fails for a while. */
const headroom = 1_000_000_000_000

/**
 * Before the audit trail is made partitions: has the database prove that its numbers are below some number, while nodes of the version before
 * go on reading and writing. The step itself keeps everybody out, and need not read a trail of gigabytes then.
 */
export async function boundTrail(db: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ bounded: boolean }>`
    select exists (select from pg_constraint where conrelid = c.oid and conname = ${boundName}) as bounded
    from pg_class c where c.oid = to_regclass('audit_event') and c.relkind = 'r'`.execute(db)
  const [table] = rows
  if (table === undefined) return
  if (!table.bounded) {
    const { rows: numbers } = await sql<{
      next: number
    }>`select last_value + 1 as next from audit_event_id_seq`.execute(db)
    const bound = Number(numbers[0]?.next) + headroom
    const constraint = `alter table audit_event add constraint ${boundName} check (id < ${bound}) not valid`
    await sql.raw(`do $$ begin ${patiently(constraint)} end $$`).execute(db)
  }
  await sql`alter table audit_event validate constraint ${sql.ref(boundName)}`.execute(db)
}
