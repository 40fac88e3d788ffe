import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { root } from '../support/process.ts'

const require = createRequire(join(root, 'packages/server/package.json'))

type Value = string | number | null

/** A data folder that a release has left, as `scripts/freeze-release.js` wrote it down. */
export interface StoredFolder {
  readonly version: string
  readonly applicationId: number
  /** In base64. */
  readonly files: Readonly<Record<string, string>>
  readonly schema: readonly string[]
  readonly tables: Readonly<Record<string, StoredTable>>
}

interface StoredTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Value[])[]
}

export type Row = Readonly<Record<string, unknown>>

export const storedFolders: readonly StoredFolder[] = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.folder.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as StoredFolder)

export function rowsOf(table: StoredTable | undefined): Row[] {
  const { columns = [], rows = [] } = table ?? {}
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])))
}

/** The last step of the schema that the folder holds. */
export function lastStepOf({ tables }: StoredFolder): string {
  return rowsOf(tables['kysely_migration'])
    .map(({ name }) => String(name))
    .sort()
    .at(-1) as string
}

interface Database {
  exec(sql: string): void
  prepare(sql: string): { run(...values: readonly Value[]): unknown }
  close(): void
}

/** Makes the folder anew, as it was when the program of that release had been stopped. */
export async function layOut(stored: StoredFolder, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 })
  for (const [name, content] of Object.entries(stored.files)) {
    await writeFile(join(folder, name), Buffer.from(content, 'base64'), { mode: 0o600 })
  }
  const file = join(folder, 'opensag.db')
  await writeFile(file, '', { mode: 0o600 })
  const Libsql = require('libsql') as new (file: string) => Database
  const database = new Libsql(file)
  database.exec(`pragma application_id = ${stored.applicationId}; pragma foreign_keys = off; begin`)
  for (const statement of stored.schema) database.exec(statement)
  for (const [name, { columns, rows }] of Object.entries(stored.tables)) {
    const holes = columns.map(() => '?').join(', ')
    const insert = database.prepare(
      `insert into "${name}" (${columns.map((c) => `"${c}"`).join(', ')}) values (${holes})`,
    )
    for (const row of rows) insert.run(...row)
  }
  database.exec('commit; pragma journal_mode = wal')
  database.close()
}
