import { rmSync } from 'node:fs'
import { chmod, copyFile, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { openBusinessClock } from '../business-clock.ts'
import { exists, makeFolderDurably, syncPath, writeDurably } from '../durable-files.ts'
import { masterKeyFile, type PassphraseSource } from '../master-key/key-files.ts'
import { sqliteDriver } from '../store/sqlite/driver.ts'
import { lockFolder } from '../store/sqlite/folder-lock.ts'
import { openSqliteStore } from '../store/sqlite/open.ts'
import { type CheckedBackup, checkBackup } from './check-backup.ts'
import { BackupRefused } from './errors.ts'
import { namesIn } from './files.ts'
import { databaseFile, type Manifest } from './manifest.ts'
import { type Marked, markRestored } from './mark-restored.ts'

export interface RestoreOptions {
  /** The folder of a backup. */
  readonly from: string
  /** The data folder: not there yet, or empty. */
  readonly data: string
  /** A data folder that holds something is moved aside. */
  readonly replace: boolean
  /** Where the master key is, when the backup was made without it. */
  readonly masterKey?: string | undefined
  /** Opens a wrapped master key. */
  readonly passphrase?: PassphraseSource | undefined
  readonly aheadMs: number
  readonly keepKeys?: readonly string[] | undefined
  readonly wallClock: () => number
}

export interface Restored extends Marked {
  readonly manifest: Manifest
  /** Where the data folder from before is now. */
  readonly movedTo: string | undefined
}

/**
 * Makes a data folder from a backup. It is made under another name beside its own, marked as restored and flushed, and gets its
 * name last: nothing that was cut short is ever found under it.
 *
 * @throws BackupRefused, UnknownKeys, DataFolderInUse, NewerDataFolder, DamagedDataFolder; the data folder is as it was then
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const data = resolve(options.data)
  const isThere = await mayBeFilled(data, options.replace)
  const unlock = isThere ? lockFolder(sqliteDriver, join(data, 'opensag.lock')) : undefined
  try {
    const backup = await checkBackup(resolve(options.from), options.masterKey, options.passphrase)
    const draft = await beginDraft(data)
    try {
      const marked = await fill(draft.folder, backup, options)
      draft.release()
      const movedTo = isThere ? await moveAside(data, marked.restoredAt) : undefined
      await putInPlace(draft.folder, data, movedTo)
      return { ...marked, manifest: backup.manifest, movedTo }
    } catch (error) {
      draft.release()
      await rm(draft.folder, { recursive: true, force: true })
      throw error
    }
  } finally {
    unlock?.()
  }
}

/** Whether there is something in the folder that has to be moved aside. */
async function mayBeFilled(data: string, replace: boolean): Promise<boolean> {
  const names = await namesIn(data)
  if (names === undefined || names.length === 0) return false
  if (replace) return true
  throw new BackupRefused(`${data} is not empty. Restore into another folder, or move this one aside with --replace.`)
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
async function beginDraft(data: string): Promise<Draft> {
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

async function fill(
  draft: string,
  { database, masterKey }: CheckedBackup,
  { aheadMs, keepKeys, wallClock }: RestoreOptions,
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

async function putInPlace(draft: string, data: string, movedTo: string | undefined): Promise<void> {
  try {
    await rename(draft, data)
  } catch (error) {
    if (movedTo !== undefined) await rename(movedTo, data)
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EBUSY' && code !== 'EXDEV') throw error
    throw new BackupRefused(`${data} is a mount point, which gets no other name. Restore into a folder inside it.`)
  }
  await syncPath(dirname(data))
}

async function moveAside(data: string, at: number): Promise<string> {
  const aside = `${data}.before-${new Date(at).toISOString().replace(/[-:.]/g, '')}`
  if (await exists(aside)) throw new BackupRefused(`${aside} is there already; ${data} would be moved there.`)
  await rename(data, aside)
  return aside
}
