import { join } from 'node:path'
import { exists } from '../durable-files.ts'
import { copyHere } from '../store/copy/in-thread.ts'
import { sqliteDriver } from '../store/sqlite/driver.ts'
import { lockFolder } from '../store/sqlite/folder-lock.ts'
import { requireEmbedded } from './embedded.ts'
import { BackupRefused } from './errors.ts'
import { type BackupOptions, makeBackup } from './make-backup.ts'
import { databaseFile, type Manifest } from './manifest.ts'

/**
 * Makes a backup of the data folder of a stopped server, and keeps one from starting meanwhile.
 *
 * @throws BackupRefused, DataFolderInUse, NewerDataFolder, DamagedDataFolder
 */
export async function backUpFolder(
  data: string,
  {
    wallClock,
    ...given
  }: Pick<BackupOptions, 'to' | 'withMasterKey' | 'passphrase'> & { readonly wallClock: () => number },
): Promise<Manifest> {
  await requireEmbedded(data)
  if (!(await exists(join(data, databaseFile)))) throw new BackupRefused(`There is no ${databaseFile} in ${data}.`)
  const unlock = lockFolder(sqliteDriver, join(data, 'opensag.lock'))
  try {
    return await makeBackup({ ...given, data, copy: copyHere({ file: join(data, databaseFile) }), at: wallClock() })
  } finally {
    unlock()
  }
}
