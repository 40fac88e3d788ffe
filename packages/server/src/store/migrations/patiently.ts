/**
 * A statement in PL/pgSQL that locks a table which others use. Who waits for such a lock keeps all others out behind it: so it is asked
 * for again and again, for a moment each, until nobody reads or writes.
 *
 * @param waitMs that moment, in milliseconds
 */
export function patiently(statement: string, waitMs = 100): string {
  return `loop
    begin
      set local lock_timeout = '${waitMs}ms';
      ${statement};
      exit;
    exception when lock_not_available then
      perform pg_sleep(0.2);
    end;
  end loop;
  set local lock_timeout = 0;`
}
