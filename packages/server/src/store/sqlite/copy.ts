import { type Kysely, sql } from 'kysely'
import { DamagedDataFolder } from '../errors.ts'
import { schemaSteps } from '../migrations/index.ts'
import type { Schema } from '../schema.ts'
import { examine } from './database-file.ts'
import { kyselyOver } from './dialect.ts'
import { type SqliteDriver, sqliteDriver } from './driver.ts'
import { createPrivate } from './folder-lock.ts'

/** What a whole database holds. */
export interface DatabaseContent {
  /** The last step of its schema. */
  readonly schema: string
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>
}

/**
 * Copies a database, in the state of one moment, into a file that is not there yet. Whoever writes goes on meanwhile. It is
 * not flushed to disk yet.
 */
export function copyDatabase(from: string, to: string, driver: SqliteDriver = sqliteDriver): void {
  // SQLite would make it readable for others.
  createPrivate(to)
  const connection = driver.open(from, 'read')
  try {
    connection.prepare('vacuum into ?').run([to])
  } finally {
    connection.close()
  }
}

/**
 * Looks whether a database is whole and of a schema this version knows, and counts what is in it.
 *
 * @throws DamagedDataFolder, NewerDataFolder
 */
export async function contentOf(file: string, driver: SqliteDriver = sqliteDriver): Promise<DatabaseContent> {
  await examine(driver, file)
  const connection = driver.open(file, 'alone')
  try {
    const db = kyselyOver(connection)
    const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
    const rows: Record<string, number> = {}
    for (const { name } of tables.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      const counted = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(db)
      rows[name] = counted.rows[0]?.n ?? 0
    }
    return { schema: (await schemaSteps(db)).at(-1) ?? 'none', rows }
  } finally {
    connection.close()
  }
}

/** A setting of a database that nobody has open; undefined when it has none of this name. */
export function settingIn(file: string, name: string, driver: SqliteDriver = sqliteDriver): string | undefined {
  const connection = driver.open(file, 'alone')
  try {
    const found = connection.prepare('select value from setting where name = ?').all([name])
    return (found as readonly { readonly value: string }[])[0]?.value
  } finally {
    connection.close()
  }
}

/**
 * Reads a database that nobody has open and that a version may have left whose schema is older; nothing is written.
 *
 * @throws DamagedDataFolder when a row lacks the one it refers to, or an index is not that of its table
 */
export async function readingWhole<T>(
  file: string,
  work: (db: Kysely<Schema>) => Promise<T>,
  driver: SqliteDriver = sqliteDriver,
): Promise<T> {
  const connection = driver.open(file, 'alone')
  try {
    const found = connection.prepare('pragma integrity_check(1)').all([]) as readonly { integrity_check: string }[]
    const [finding] = found.map((row) => row.integrity_check)
    if (finding !== 'ok') throw new DamagedDataFolder(file, `SQLite reports “${finding}”`)
    const orphan = connection.prepare('select "table", parent from pragma_foreign_key_check limit 1').first([])
    if (orphan !== undefined) {
      const { table, parent } = orphan as { readonly table: string; readonly parent: string }
      throw new DamagedDataFolder(file, `a row of ${table} refers to one of ${parent} that is not there`)
    }
    return await work(kyselyOver(connection))
  } finally {
    connection.close()
  }
}
