import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import type { Reader, Store } from '../store.ts'
import { database, openTestStore } from './database.suite.ts'

export type StoredRow = Readonly<Record<string, unknown>>
export type Tables = Readonly<Record<string, readonly StoredRow[]>>

const tableNames = {
  SQLite: sql<{ name: string }>`
    select name from sqlite_master where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'
  `,
  PostgreSQL: sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema() and tablename not like 'kysely%'
  `,
}

/** What PostgreSQL's lanes write down to learn whether a commit came about: no row of it is part of what is stored. */
const bookkeeping = 'commit_mark'

/** All rows of a store on the database of the run, by table but for some, in an order that depends on nothing but them. */
export function tablesOf(store: Store, except: readonly string[] = []): Promise<Tables> {
  return store.read(async (db) => {
    const { rows: names } = await tableNames[database].execute(db)
    const stored = names.filter(({ name }) => name !== bookkeeping && !except.includes(name))
    // Most tables are empty, and a query for each of those would take most of the time.
    const { rows: filled } = await filledOf(stored).execute(db)
    // Side by side: one after the other, each would wait for the database.
    const rows = new Map(await Promise.all(filled.map(async ({ name }) => [name, await rowsOf(db, name)] as const)))
    return Object.fromEntries(stored.map(({ name }) => [name, rows.get(name) ?? []]))
  })
}

/** Which of these have rows. */
function filledOf(tables: readonly { readonly name: string }[]): RawBuilder<{ name: string }> {
  const each = tables.map(
    ({ name }) => sql`select ${sql.lit(name)} as name where exists (select 1 from ${sql.table(name)})`,
  )
  return sql<{ name: string }>`${sql.join(each, sql` union all `)}`
}

async function rowsOf(db: Reader, table: string): Promise<readonly StoredRow[]> {
  const { rows } = await sql<StoredRow>`select * from ${sql.table(table)}`.execute(db)
  // PostgreSQL puts a row that was changed in another place.
  const texts = new Map(rows.map((row) => [row, JSON.stringify(row)]))
  return rows.toSorted((a, b) => ((texts.get(a) ?? '') < (texts.get(b) ?? '') ? -1 : 1))
}

/** Every byte that a store on the database of the run keeps, and every other file of its data folder. */
export async function storedBytes({
  store,
  folder,
}: {
  readonly store: Store
  readonly folder: string
}): Promise<Buffer> {
  return Buffer.concat([await filesIn(folder), Buffer.from(JSON.stringify(await tablesOf(store)))])
}

/** The same of a server that has the folder and its store open. */
export async function bytesOfServer(folder: string): Promise<Buffer> {
  // The embedded store keeps all in these files, and others out of them.
  if (database === 'SQLite') return filesIn(folder)
  const store = await openTestStore(folder)
  try {
    return await storedBytes({ store, folder })
  } finally {
    await store.close()
  }
}

async function filesIn(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile())
  return Buffer.concat(await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name)))))
}
