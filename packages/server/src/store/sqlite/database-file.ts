import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DamagedDataFolder } from '../errors.ts'
import { sqliteTypes } from '../migrations/column-types.ts'
import { behind, migrate, schemaSteps } from '../migrations/index.ts'
import { kyselyOver } from './dialect.ts'
import { type SqliteConnection, type SqliteDriver, sqliteCode } from './driver.ts'
import { createPrivate } from './folder-lock.ts'

/** In the header of every OpenSAG database, to tell it from other files: `SAGW`. */
const applicationId = 0x53414757

/**
 * Makes sure that there is a whole database of this version's schema. A missing one is made under another name, so that
 * whatever is found under its own was once complete: an empty file there is a loss, not a beginning.
 *
 * @throws DamagedDataFolder when what is there is not whole; nothing was changed then
 * @throws NewerDataFolder when it is of a newer version; nothing was changed then
 */
export async function prepareDatabase(driver: SqliteDriver, file: string): Promise<void> {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return createDatabase(driver, file)
  if (await examine(driver, file)) await upgrade(driver, file, 'write')
}

/** @param upTo the last step of its schema, when that is one of an older version */
export async function createDatabase(driver: SqliteDriver, file: string, upTo?: string): Promise<void> {
  const orphan = [`${file}-wal`, `${file}-journal`].find((path) => sizeOf(path) > 0)
  if (orphan !== undefined) throw new DamagedDataFolder(file, `it is missing, while ${orphan} is there`)
  const draft = `${file}.new`
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(draft + suffix, { force: true })
  createPrivate(draft)
  await upgrade(driver, draft, 'create', upTo)
  flush(draft)
  renameSync(draft, file)
  flush(dirname(file))
}

async function upgrade(driver: SqliteDriver, file: string, mode: 'write' | 'create', upTo?: string): Promise<void> {
  const connection = driver.open(file, mode)
  const db = kyselyOver(connection)
  try {
    connection.exec('pragma synchronous = full')
    if (mode === 'create') connection.exec(`pragma application_id = ${applicationId}`)
    await migrate(db, sqliteTypes, { upTo })
    // While it has its other name. Begun under its own and cut short, it would leave a journal that no reader may open.
    if (mode === 'create') connection.exec('pragma journal_mode = wal')
  } finally {
    await db.destroy()
  }
}

/**
 * Looks without writing, and tells whether steps of the schema are missing.
 *
 * @param unfinished whether it may be the target of a copy under way
 * @throws DamagedDataFolder, NewerDataFolder, UnfinishedCopy
 */
export async function examine(driver: SqliteDriver, file: string, unfinished = false): Promise<boolean> {
  if (sizeOf(file) === 0) throw new DamagedDataFolder(file, 'it is empty')
  let connection: SqliteConnection | undefined
  try {
    connection = driver.open(file, 'alone')
    checkWhole(connection, file)
    return behind(await schemaSteps(kyselyOver(connection), unfinished), sqliteTypes, file)
  } catch (error) {
    const code = sqliteCode(error)
    if (code === 'SQLITE_NOTADB') throw new DamagedDataFolder(file, 'it is not an SQLite database', error)
    if (code?.startsWith('SQLITE_CORRUPT')) throw new DamagedDataFolder(file, 'SQLite finds it malformed', error)
    throw error
  } finally {
    connection?.close()
  }
}

function checkWhole(connection: SqliteConnection, file: string): void {
  const [id] = connection.prepare('pragma application_id').all([]) as { application_id: number }[]
  if (id?.application_id !== applicationId) throw new DamagedDataFolder(file, 'it is not a database of OpenSAG')
  const [page] = connection.prepare('pragma page_size').all([]) as { page_size: number }[]
  // SQLite takes what a last page lacks for zeros. With a log beside it, the log may hold the whole page.
  if (sizeOf(`${file}-wal`) === 0 && sizeOf(file) % (page?.page_size ?? 1) !== 0) {
    throw new DamagedDataFolder(file, 'it ends in the middle of a page')
  }
  const findings = connection.prepare('pragma quick_check(3)').all([]) as { quick_check: string }[]
  const texts = findings.map((finding) => finding.quick_check)
  if (texts.join() !== 'ok') throw new DamagedDataFolder(file, `SQLite reports “${texts.join('; ')}”`)
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** A new name too is on disk only once its folder is. */
function flush(path: string): void {
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
