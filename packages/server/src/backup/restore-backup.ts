import { rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { exists, syncPath } from '../durable-files.ts'
import type { PassphraseSource } from '../master-key/key-files.ts'
import { sqliteDriver } from '../store/sqlite/driver.ts'
import { lockFolder } from '../store/sqlite/folder-lock.ts'
import { checkBackup } from './check-backup.ts'
import { BackupRefused } from './errors.ts'
import { namesIn } from './files.ts'
import type { Manifest } from './manifest.ts'
import type { Marked } from './mark-restored.ts'
import { beginDraft, fillDraft, type RestoreMarking } from './restore-draft.ts'

export interface RestoreOptions extends RestoreMarking {
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
      const marked = await fillDraft(draft.folder, backup, options)
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
