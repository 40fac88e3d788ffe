import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { exists, makeFolderDurably, writeDurably } from '../durable-files.ts'
import { masterKeyFile, nextMasterKeyFile } from '../master-key/key-files.ts'
import { readPrivate } from '../private-files.ts'
import { type CopyProgress, copyStore } from '../store/copy/copy-store.ts'
import { CopyRefused } from '../store/copy/errors.ts'
import { copiedTables } from '../store/copy/plan.ts'
import { openPostgresTarget } from '../store/copy/postgres-side.ts'
import { openSqliteSource } from '../store/copy/sqlite-side.ts'
import { checkBackup } from './check-backup.ts'
import { BackupRefused } from './errors.ts'
import type { Restored, RestoreOptions } from './restore-backup.ts'
import { beginDraft, fillDraft } from './restore-draft.ts'

export interface DatabaseRestoreOptions extends Omit<RestoreOptions, 'replace'> {
  /** The URL of a database that is empty, or holds what an interrupted restore has left. */
  readonly database: string
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined
}

/**
 * Fills a PostgreSQL database from a backup, and puts the master key into the data folder of one of its nodes. The data is
 * marked as restored in a folder beside that one first, and copied then: whatever a server finds in the database is marked, and
 * until all of it is there and was compared none starts on it. One that was cut short begins anew when it is run again.
 *
 * @throws BackupRefused, UnknownKeys, NewerDataFolder, DamagedDataFolder; what was in the database before is as it was
 */
export async function restoreIntoDatabase(options: DatabaseRestoreOptions): Promise<Restored> {
  const data = resolve(options.data)
  const backup = await checkBackup(resolve(options.from), options.masterKey, options.passphrase)
  const isKeyThere = await mayHaveKey(data, backup.masterKey.content)
  const draft = await beginDraft(data)
  try {
    const marked = await fillDraft(draft.folder, backup, options)
    await copied(draft.folder, options, async () => {
      await makeFolderDurably(data)
      if (!isKeyThere) await writeDurably(join(data, masterKeyFile), backup.masterKey.content)
    })
    return { ...marked, manifest: backup.manifest, movedTo: undefined }
  } finally {
    draft.release()
    await rm(draft.folder, { recursive: true, force: true })
  }
}

async function copied(
  folder: string,
  { database, onProgress }: DatabaseRestoreOptions,
  begun: () => Promise<void>,
): Promise<void> {
  const source = await openSqliteSource(folder)
  try {
    const target = await openPostgresTarget(database)
    try {
      await copyStore({ tables: await copiedTables(), source, target, onProgress, isAnew: true, begun })
    } finally {
      await target.close()
    }
  } catch (error) {
    if (error instanceof CopyRefused) throw new BackupRefused(error.message, { cause: error })
    throw error
  } finally {
    await source.close()
  }
}

/** @returns whether the key of the backup is there. @throws BackupRefused when another one is */
async function mayHaveKey(data: string, key: Buffer): Promise<boolean> {
  if (await exists(join(data, nextMasterKeyFile))) {
    throw new BackupRefused(`The master key of ${data} is being rotated. Restore beside another folder: --data FOLDER.`)
  }
  const there = await readPrivate(join(data, masterKeyFile))
  if (there === undefined || there.equals(key)) return there !== undefined
  throw new BackupRefused(
    `${join(data, masterKeyFile)} is another key than that of the backup, and is not written over. Name another folder: --data FOLDER.`,
  )
}
