import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { usualEntries } from '../audit/partitions.ts'
import { postgresTypes } from '../migrations/column-types.ts'
import { behind, migrate, schemaSteps } from '../migrations/index.ts'
import { progressTable } from '../migrations/unfinished-copy.ts'
import { arrange } from '../postgres/trail-partitions.ts'
import type { Schema } from '../schema.ts'
import { CopyRefused } from './errors.ts'
import { fenceRuns } from './fence-runs.ts'
import type { ColumnKind, CopiedTable, CopiedValue } from './plan.ts'
import type { CopySource, CopyTarget, Notes } from './side.ts'
import { notEmpty } from './sqlite-side.ts'

/** One copy at a time fills a database. Any number that nothing else takes. */
const copyLock = 7_240_031

const types: Readonly<Record<ColumnKind, string>> = { text: 'text', whole: 'bigint', bytes: 'bytea' }

/**
 * A database in the state of one moment: servers may go on writing to it, and what they write later is not in the copy.
 *
 * @param mayBeOlder whether its schema may be one of an older version
 * @throws CopyRefused, NewerDataFolder
 */
export function openPostgresSource(
  connectionString: string,
  { mayBeOlder = false }: { readonly mayBeOlder?: boolean } = {},
): Promise<CopySource & { /** The last step of its schema. */ readonly schema: string }> {
  return connected(connectionString, async (client, name) => {
    await requirePrimary(client, name)
    // Also the schema is that of the moment: a node that upgrades it meanwhile waits, or has done so before.
    await client.query('begin isolation level repeatable read read only')
    const schema = (await schemaSteps(kyselyOver(client), true)).at(-1)
    if (schema === undefined) throw new CopyRefused(`${name} holds no tables of OpenSAG.`)
    if (mayBeOlder) await requireKnownSchema(client, name)
    else await requireThisSchema(client, name)
    if (await hasProgress(client)) {
      throw new CopyRefused(`${name} is itself an interrupted copy. Finish that copy first.`)
    }
    return { ...reading(client, name), schema }
  })
}

/** A standby may not have yet what was acknowledged a moment ago. */
async function requirePrimary(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query('select pg_is_in_recovery() as standby')
  if (rows[0]?.standby === false) return
  throw new CopyRefused(`${name} is a standby, which may lack what was written last. Name the primary.`)
}

/**
 * A database that is filled; its tables are made when it has none.
 *
 * @throws CopyRefused, NewerDataFolder
 */
export function openPostgresTarget(connectionString: string): Promise<CopyTarget> {
  return connected(connectionString, async (client, name) => {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as free', [copyLock])
    if (rows[0]?.free !== true) throw new CopyRefused(`Another copy fills ${name} right now.`)
    const db = kyselyOver(client)
    if ((await schemaSteps(db, true)).length === 0) await migrate(db, postgresTypes)
    await requireThisSchema(client, name)
    return { ...reading(client, name), ...writing(client, name) }
  })
}

async function connected<S>(
  connectionString: string,
  open: (client: pg.Client, name: string) => Promise<S>,
): Promise<S> {
  // A server that is cut off in silence is found out, instead of being waited for without end.
  const client = new pg.Client({ connectionString, keepAlive: true, keepAliveInitialDelayMillis: 10_000 })
  // It also rejects what is under way; an error nobody listens to would end the process.
  client.on('error', () => {})
  const name = `The database ${client.database} on ${client.host}:${client.port}`
  try {
    await client.connect()
  } catch (cause) {
    throw new CopyRefused(`${name} cannot be reached: ${reasonOf(cause)}.`, { cause })
  }
  try {
    return await open(client, name)
  } catch (error) {
    await client.end()
    throw error
  }
}

/** Of several addresses that were tried, the first. */
function reasonOf(error: unknown): string {
  const [first] = error instanceof AggregateError ? error.errors : []
  return ((first ?? error) as Error).message.replace(/\.$/, '')
}

/** Over the one connection, whose locks and transaction it shares. */
function kyselyOver(client: pg.Client): Kysely<Schema> {
  const lent = Object.assign(client, { release: () => {} }) as unknown as pg.PoolClient
  const pool = { connect: async () => lent, end: async () => {} }
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
}

/** @returns whether it is one of an older version. @throws NewerDataFolder */
async function requireKnownSchema(client: pg.Client, name: string): Promise<boolean> {
  return behind(await schemaSteps(kyselyOver(client), true), postgresTypes, name)
}

async function requireThisSchema(client: pg.Client, name: string): Promise<void> {
  if (!(await requireKnownSchema(client, name))) return
  throw new CopyRefused(
    `${name} is of an older version of OpenSAG, and a copy upgrades nothing. Start a server of this version on it once, stop it, and copy again.`,
  )
}

async function hasProgress(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query('select to_regclass($1) is not null as there', [progressTable])
  return rows[0]?.there === true
}

function reading(client: pg.Client, name: string): CopySource {
  return {
    name,
    async count(table) {
      const { rows } = await client.query(`select count(*) as n from "${table.name}"`)
      return Number(rows[0]?.n)
    },
    async page(table, after, most) {
      const columns = table.columns.map(({ name: column }) => `"${column}"`).join(', ')
      const key = table.key.map((column) => `"${column}"`).join(', ')
      const holes = table.key.map((column, index) => `$${index + 1}::${typeOf(table, column)}`)
      const where = after === undefined ? '' : `where (${key}) > (${holes.join(', ')})`
      const { rows } = await client.query<CopiedValue[]>({
        text: `select ${columns} from "${table.name}" ${where} order by ${key} limit ${most}`,
        values: [...(after ?? [])],
        // As an array: made into objects, wide rows are slow. `pg` leaves a bigint the text it is.
        rowMode: 'array',
      })
      return rows
    },
    close: () => client.end(),
  }
}

function typeOf(table: CopiedTable, column: string): string {
  return types[table.columns.find(({ name }) => name === column)?.kind ?? 'text']
}

function writing(client: pg.Client, target: string): Omit<CopyTarget, keyof CopySource> {
  async function together(work: () => Promise<void>): Promise<void> {
    await client.query('begin')
    try {
      await work()
      await client.query('commit')
    } catch (error) {
      // When the connection is what failed, the database rolls back itself.
      await client.query('rollback').catch(() => {})
      throw error
    }
  }

  async function note(notes: Notes): Promise<void> {
    await client.query(
      `insert into ${progressTable} (name, value) select * from unnest($1::text[], $2::text[])
       on conflict (name) do update set value = excluded.value`,
      [[...notes.keys()], [...notes.values()]],
    )
  }

  return {
    async notes() {
      if (!(await hasProgress(client))) return undefined
      const { rows } = await client.query<{ name: string; value: string }>(`select name, value from ${progressTable}`)
      return new Map(rows.map(({ name, value }) => [name, value]))
    },
    begin: (tables, notes) =>
      together(async () => {
        // A server that is being started meanwhile waits, and then finds the table of the copy.
        await client.query(`lock table ${tables.map(({ name }) => `"${name}"`).join(', ')} in exclusive mode`)
        for (const table of tables) {
          const { rowCount } = await client.query(`select 1 from "${table.name}" limit 1`)
          if (rowCount !== 0) throw new CopyRefused(notEmpty(target, table))
        }
        await client.query(`create table ${progressTable} (name text primary key, value text not null)`)
        await note(notes)
      }),
    clear: (tables) =>
      together(async () => {
        await client.query(`truncate ${tables.map(({ name }) => `"${name}"`).join(', ')}`)
        await client.query(`drop table ${progressTable}`)
      }),
    add: (table, rows, notes) =>
      together(async () => {
        const columns = table.columns.map(({ name }) => `"${name}"`).join(', ')
        const arrays = table.columns.map(({ kind }, index) => `$${index + 1}::${types[kind]}[]`).join(', ')
        await client.query({
          name: `copy ${table.name}`,
          text: `insert into "${table.name}" (${columns}) select * from unnest(${arrays})`,
          values: table.columns.map((_, index) => rows.map((row) => bound(row[index] ?? null))),
        })
        await note(notes)
      }),
    finish: (tables) =>
      together(async () => {
        for (const { name } of tables) await setIdentities(client, name)
        await arrange(kyselyOver(client), client, usualEntries)
        await fenceRuns(kyselyOver(client))
        await client.query(`drop table ${progressTable}`)
      }),
  }
}

function bound(value: CopiedValue): CopiedValue {
  return value instanceof Uint8Array && !Buffer.isBuffer(value) ? Buffer.from(value) : value
}

/** The next row gets a number after all that are there. */
async function setIdentities(client: pg.Client, table: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attidentity <> '' and not attisdropped`,
    [`"${table}"`],
  )
  for (const { name } of rows) {
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(max("${name}"), 1), max("${name}") is not null) from "${table}"`,
      [`"${table}"`, name],
    )
  }
}
