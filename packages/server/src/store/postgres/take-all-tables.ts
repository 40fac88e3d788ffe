import { type Kysely, sql } from 'kysely'
import { patiently } from '../migrations/patiently.ts'

/** Shorter than any database waits before it looks for a deadlock, which a reader would be the victim of (usually a second). */
const waitMs = 10

/**
 * Keeps all others out of every table until the transaction ends, so that none of its statements waits for somebody who waits for it:
 * nodes of the version before go on, and come to tables in orders of their own. Writers are kept out first, by the lock of their lane,
 * which they take before any table; then readers, by asking for all tables at once again and again.
 */
export async function takeAllTables(tx: Kysely<unknown>, laneKey: number): Promise<void> {
  const every = `do $$
declare
  every text;
begin
  select string_agg(format('%I', relname), ', ' order by relname) into every from pg_class
    where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition
    and relname not like 'kysely_%';
  if every is null then return; end if;
  perform pg_advisory_xact_lock(${BigInt(laneKey)});
  ${patiently(`execute 'lock table ' || every || ' in access exclusive mode'`, waitMs)}
end $$`
  await sql.raw(every).execute(tx)
}
