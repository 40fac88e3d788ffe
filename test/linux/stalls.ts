import pg from 'pg'

/**
 * Makes one in so many updates of the journal stand still for a while, before it has locked anything: what was asked for
 * first may then be done last, as between nodes that share a database.
 */
export async function stallJournal(
  database: string,
  { oneIn, seconds }: { readonly oneIn: number; readonly seconds: number },
): Promise<void> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  try {
    await client.query(`
      create function stall() returns trigger language plpgsql as $$
      begin
        if random() < ${1 / oneIn} then perform pg_sleep(${seconds}); end if;
        return null;
      end $$;
      create trigger stall before update on password_change for each statement execute function stall();
    `)
  } finally {
    await client.end()
  }
}
