import { join } from 'node:path'
import { exists } from '../../durable-files.ts'
import { progressTable } from '../migrations/unfinished-copy.ts'
import { createDatabase, examine, prepareDatabase } from '../sqlite/database-file.ts'
import { type SqliteConnection, type SqliteStatement, sqliteDriver } from '../sqlite/driver.ts'
import { lockFolder } from '../sqlite/folder-lock.ts'
import { CopyRefused } from './errors.ts'
import { type CopiedRow, type CopiedTable, type CopiedValue, tableNames } from './plan.ts'
import type { CopySource, CopyTarget, Notes } from './side.ts'

/**
 * The data folder of a server that is stopped; none can start on it until it is closed.
 *
 * @throws CopyRefused, DataFolderInUse, DamagedDataFolder, NewerDataFolder
 */
export async function openSqliteSource(folder: string): Promise<CopySource> {
  const file = join(folder, 'opensag.db')
  if (!(await exists(file))) throw new CopyRefused(`There is no opensag.db in ${folder}.`)
  const unlock = lockFolder(sqliteDriver, join(folder, 'opensag.lock'))
  try {
    await requireThisSchema(file, folder)
    const connection = sqliteDriver.open(file, 'alone')
    if (tableNames(connection).includes(progressTable)) {
      connection.close()
      throw new CopyRefused(`${folder} is itself an interrupted copy. Finish that copy first.`)
    }
    return { ...reading(connection, folder), close: async () => closed(connection, unlock) }
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * A data folder that is filled; its database is made when there is none.
 *
 * @throws CopyRefused, DataFolderInUse, DamagedDataFolder, NewerDataFolder
 */
export async function openSqliteTarget(folder: string): Promise<CopyTarget> {
  const file = join(folder, 'opensag.db')
  const unlock = lockFolder(sqliteDriver, join(folder, 'opensag.lock'))
  try {
    if (await exists(file)) await requireThisSchema(file, folder)
    else await prepareDatabase(sqliteDriver, file)
    const connection = sqliteDriver.open(file, 'write')
    connection.exec('pragma synchronous = full; pragma foreign_keys = on')
    return {
      ...reading(connection, folder),
      ...writing(connection, folder),
      close: async () => closed(connection, unlock),
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * A database file that is made and filled at one go: what a crash leaves of it is of no use, so nothing is flushed.
 *
 * @param schema the last step of its schema
 */
export async function openNewSqliteFile(file: string, schema: string): Promise<CopyTarget> {
  await createDatabase(sqliteDriver, file, schema)
  const connection = sqliteDriver.open(file, 'write')
  // Without a log it is one file.
  connection.exec('pragma journal_mode = memory; pragma synchronous = off; pragma foreign_keys = on')
  return {
    ...reading(connection, file),
    ...writing(connection, file),
    close: async () => connection.close(),
  }
}

async function requireThisSchema(file: string, folder: string): Promise<void> {
  if (!(await examine(sqliteDriver, file, true))) return
  throw new CopyRefused(
    `The database in ${folder} is of an older version of OpenSAG, and a copy upgrades nothing. Start a server of this version on it once, stop it, and copy again.`,
  )
}

function closed(connection: SqliteConnection, unlock: () => void): void {
  connection.close()
  unlock()
}

function cached(connection: SqliteConnection): (sql: string) => SqliteStatement {
  const statements = new Map<string, SqliteStatement>()
  return (sql) => {
    const statement = statements.get(sql) ?? connection.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
}

function reading(connection: SqliteConnection, name: string): Omit<CopySource, 'close'> {
  const prepared = cached(connection)
  return {
    name,
    async count(table) {
      return (prepared(`select count(*) as n from "${table.name}"`).first([]) as { n: number }).n
    },
    async page(table, after, most) {
      const key = table.key.map((column) => `"${column}"`).join(', ')
      // As text: a whole number beyond 2^53 would be rounded, or refused.
      const columns = table.columns.map(({ name: column, kind }) =>
        kind === 'whole' ? `cast("${column}" as text) as "${column}"` : `"${column}"`,
      )
      const where =
        after === undefined ? '' : `where (${key}) > (${table.key.map((one) => hole(table, one)).join(', ')})`
      const sql = `select ${[...columns, nulIn(table)].join(', ')} from "${table.name}" ${where} order by ${ordered(table)} limit ${most}`
      const rows = prepared(sql).all(after ?? []) as readonly Readonly<Record<string, CopiedValue>>[]
      return rows.map((row) => {
        const values = table.columns.map(({ name: column }) => row[column] ?? null)
        if (Number(row['store_copy_nul']) !== 0) throw new CopyRefused(hasNul(table, values))
        return values
      })
    },
  }
}

/** Asked of SQLite: not every SQLite for Node reads a text beyond its first NUL. */
function nulIn({ columns }: CopiedTable): string {
  const texts = columns.filter(({ kind }) => kind === 'text')
  return `${['0', ...texts.map(({ name }) => `ifnull(instr("${name}", char(0)), 0)`)].join(' + ')} as store_copy_nul`
}

/** To leave the character out would change what somebody wrote without a word. The text itself may be a secret. */
function hasNul(table: CopiedTable, row: CopiedRow): string {
  const key = table.key.map((name) => row[table.columns.findIndex((column) => column.name === name)])
  return `The row ${JSON.stringify(key)} of ${table.name} has a text with a NUL character, which PostgreSQL cannot hold. Change it in the source, and run the copy again.`
}

/** With its table: without, `order by` would take the text of a number that is selected under the name of its column. */
function ordered(table: CopiedTable): string {
  return table.key.map((column) => `"${table.name}"."${column}"`).join(', ')
}

function hole(table: CopiedTable, column: string): string {
  const kind = table.columns.find(({ name }) => name === column)?.kind
  return kind === 'whole' ? 'cast(? as integer)' : '?'
}

function writing(connection: SqliteConnection, folder: string): Omit<CopyTarget, keyof CopySource> {
  const prepared = cached(connection)

  async function together(work: () => void): Promise<void> {
    connection.exec('begin immediate')
    try {
      work()
      connection.exec('commit')
    } catch (error) {
      if (connection.inTransaction) connection.exec('rollback')
      throw error
    }
  }

  function note(notes: Notes): void {
    const upsert = `insert into ${progressTable} (name, value) values (?, ?) on conflict (name) do update set value = excluded.value`
    for (const [name, value] of notes) prepared(upsert).run([name, value])
  }

  return {
    async notes() {
      if (!tableNames(connection).includes(progressTable)) return undefined
      const rows = prepared(`select name, value from ${progressTable}`).all([]) as { name: string; value: string }[]
      return new Map(rows.map(({ name, value }) => [name, value]))
    },
    begin: (tables, notes) =>
      together(() => {
        const filled = tables.find(({ name }) => prepared(`select 1 from "${name}" limit 1`).first([]) !== undefined)
        if (filled !== undefined) throw new CopyRefused(notEmpty(folder, filled))
        connection.exec(`create table ${progressTable} (name text primary key not null, value text not null) strict`)
        note(notes)
      }),
    clear: (tables) =>
      together(() => {
        for (const { name } of tables.toReversed()) prepared(`delete from "${name}"`).run([])
        connection.exec(`drop table ${progressTable}`)
      }),
    add: (table, rows, notes) =>
      together(() => {
        const columns = table.columns.map(({ name }) => `"${name}"`).join(', ')
        const holes = table.columns.map(({ name }) => hole(table, name)).join(', ')
        const insert = prepared(`insert into "${table.name}" (${columns}) values (${holes})`)
        for (const row of rows) insert.run(row)
        note(notes)
      }),
    async finish() {
      connection.exec(`drop table ${progressTable}`)
      connection.exec('pragma wal_checkpoint(truncate)')
    },
  }
}

export function notEmpty(target: string, { name }: CopiedTable): string {
  return `${target} is not empty: its table ${name} holds rows. A copy is never written over anything.`
}
