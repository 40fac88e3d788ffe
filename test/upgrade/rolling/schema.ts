import pg from 'pg'

/** The steps of the schema that a database holds. */
export async function schemaOf(databaseUrl: string): Promise<readonly string[]> {
  const rows = await query<{ readonly name: string }>(databaseUrl, 'select name from kysely_migration')
  return rows.map(({ name }) => name).sort()
}

/** As a later version would have left it: one more step, which no version has. */
export async function addUnknownStep(databaseUrl: string, name: string): Promise<void> {
  await query(databaseUrl, `insert into kysely_migration (name, timestamp) values ($1, $2)`, [
    name,
    new Date().toISOString(),
  ])
}

export async function query<Row extends pg.QueryResultRow>(
  connectionString: string,
  text: string,
  values: readonly string[] = [],
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query<Row>(text, [...values])).rows
  } finally {
    await client.end()
  }
}
