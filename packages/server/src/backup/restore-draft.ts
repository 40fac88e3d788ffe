import { rmSync } from 'node:fs'
import { chmod, copyFile, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openBusinessClock } from '../business-clock.ts'
import { exists, makeFolderDurably, syncPath, writeDurably } from '../durable-files.ts'
import { masterKeyFile } from '../master-key/key-files.ts'
import { sqliteDriver } from '../store/sqlite/driver.ts'
import { lockFolder } from '../store/sqlite/folder-lock.ts'
import { openSqliteStore } from '../store/sqlite/open.ts'
import type { CheckedBackup } from './check-backup.ts'
import { databaseFile } from './manifest.ts'
import { type Marked, type Marking, markRestored } from './mark-restored.ts'

/** How what was restored is marked. */
export interface RestoreMarking extends Pick<Marking, 'aheadMs' | 'keepKeys'> {
  readonly wallClock: () => number
}

/** Closed, it is empty. Beside a database that somebody copies by hand an empty log is one file too many. */
async function forgetLog(database: string): Promise<void> {
  const log = `${database}-wal`
  const size = (await exists(log)) ? (await stat(log)).size : 0
  if (size > 0) throw new Error(`The log ${log} was not brought into the database.`)
  for (const suffix of ['-wal', '-shm']) await rm(database + suffix, { force: true })
}

interface Draft {
  readonly folder: string
  /** Lets others have its name. */
  release(): void
}

/** One name for all: what a restore that was killed has left there is in nobody's way. */
export async function beginDraft(data: string): Promise<Draft> {
  const folder = `${data}.restoring`
  const lockFile = join(folder, 'restore.lock')
  await makeFolderDurably(folder)
  // Another restore that is still at work holds it.
  let unlock = lockFolder(sqliteDriver, lockFile)
  const names = await readdir(folder)
  for (const name of names) if (name !== 'restore.lock') await rm(join(folder, name), { recursive: true })
  await chmod(folder, 0o700)
  return {
    folder,
    release() {
      unlock()
      unlock = () => {}
      rmSync(lockFile, { force: true })
    },
  }
}

/** A whole data folder of this version, marked and flushed. */
export async function fillDraft(
  draft: string,
  { database, masterKey }: CheckedBackup,
  { aheadMs, keepKeys, wallClock }: RestoreMarking,
): Promise<Marked> {
  const file = join(draft, databaseFile)
  await writeDurably(join(draft, masterKeyFile), masterKey.content)
  await copyFile(database, file)
  // A copy has the mode of what it was copied from, which others may be allowed to read.
  await chmod(file, 0o600)
  // Brings an older schema up to date, too.
  const store = await openSqliteStore({ folder: draft })
  let marked: Marked
  try {
    const clock = await openBusinessClock(store, wallClock)
    marked = await markRestored(store, { at: wallClock(), businessNow: clock.now(), aheadMs, keepKeys })
  } finally {
    await store.close()
  }
  await forgetLog(file)
  await syncPath(file)
  await syncPath(draft)
  return marked
}
