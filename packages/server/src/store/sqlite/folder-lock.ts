import { closeSync, openSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { DataFolderInUse } from '../errors.ts'
import { type SqliteDriver, sqliteCode } from './driver.ts'

/** What this process holds: the system's locks keep other processes out, but not the one that has them. */
const held = new Set<string>()

/**
 * Keeps every other OpenSAG out of a data folder until the returned function is called or the process ends, however
 * it ends. The lock is one of the operating system on an empty SQLite database of its own, so nothing is left behind
 * that somebody would have to judge stale, and readers of the database, such as a backup, are not disturbed.
 *
 * @throws DataFolderInUse
 */
export function lockFolder(driver: SqliteDriver, lockFile: string): () => void {
  const folder = dirname(lockFile)
  const path = `${realpathSync(folder)}\0${lockFile.slice(folder.length)}`
  // Before the file is touched: closing it would drop the lock this process has on it.
  if (held.has(path)) throw new DataFolderInUse(folder)
  createPrivate(lockFile)
  const connection = driver.open(lockFile, 'write')
  try {
    connection.exec('pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    connection.close()
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY')) throw new DataFolderInUse(folder)
    throw error
  }
  held.add(path)
  return () => {
    held.delete(path)
    connection.exec('rollback')
    connection.close()
  }
}

/** Makes an empty file that only its owner can read, or leaves the one that is there. */
export function createPrivate(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
}
