import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '../sqlite/database-file.ts'
import { type SqliteConnection, sqliteDriver } from '../sqlite/driver.ts'

/** What a column holds, whatever the database calls it. */
export type ColumnKind = 'text' | 'whole' | 'bytes'

export interface CopiedColumn {
  readonly name: string
  readonly kind: ColumnKind
}

export interface CopiedTable {
  readonly name: string
  readonly columns: readonly CopiedColumn[]
  /** Names of the columns of the primary key, in its order. */
  readonly key: readonly string[]
}

/**
 * A value as it travels: a whole number as its decimal digits, because a number of JavaScript would round what is
 * beyond 2^53.
 */
export type CopiedValue = string | Uint8Array | null

/** The values of a row, in the order of the columns. */
export type CopiedRow = readonly CopiedValue[]

/** Tables that are not copied, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  commit_mark: 'says what became of the last commit of a node that runs now; another database has other nodes',
}

const kinds: Readonly<Record<string, ColumnKind>> = { TEXT: 'text', INTEGER: 'whole', BLOB: 'bytes' }

/**
 * Every table of this version's schema, those that others refer to first. It is read from an empty database that the
 * steps of the schema have made, so that a new table is known as soon as there is a step for it.
 *
 * @param upTo the last step of the schema, when it is that of an older version
 */
export async function copiedTables(upTo?: string): Promise<readonly CopiedTable[]> {
  const folder = mkdtempSync(join(tmpdir(), 'opensag-schema-'))
  try {
    const file = join(folder, 'opensag.db')
    await createDatabase(sqliteDriver, file, upTo)
    const connection = sqliteDriver.open(file, 'read')
    try {
      return inOrder(connection)
    } finally {
      connection.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function inOrder(connection: SqliteConnection): readonly CopiedTable[] {
  const names = tableNames(connection)
  const ordered: string[] = []
  const visit = (name: string): void => {
    if (ordered.includes(name)) return
    const references = connection.prepare('select "table" as name from pragma_foreign_key_list(?)').all([name])
    for (const other of references as { name: string }[]) if (other.name !== name) visit(other.name)
    ordered.push(name)
  }
  for (const name of names) if (!(name in leftOut)) visit(name)
  return ordered.map((name) => described(connection, name))
}

/** The tables of a database by name, without those that SQLite fills and those that making the schema fills. */
export function tableNames(connection: SqliteConnection): readonly string[] {
  const rows = connection.prepare("select name from sqlite_schema where type = 'table' order by name").all([])
  return (rows as { name: string }[]).map(({ name }) => name).filter((name) => !/^(sqlite|kysely)_/.test(name))
}

function described(connection: SqliteConnection, name: string): CopiedTable {
  const rows = connection
    .prepare('select name, type, pk from pragma_table_info(?) order by cid')
    .all([name]) as readonly { readonly name: string; readonly type: string; readonly pk: number }[]
  const columns = rows.map((row) => {
    const kind = kinds[row.type.toUpperCase()]
    if (kind === undefined) throw new Error(`The copy has no kind for ${row.type}, which ${name}.${row.name} is.`)
    return { name: row.name, kind }
  })
  const key = rows.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk)
  if (key.length === 0) throw new Error(`The table ${name} has no primary key, by which a copy continues.`)
  return { name, columns, key: key.map((row) => row.name) }
}
