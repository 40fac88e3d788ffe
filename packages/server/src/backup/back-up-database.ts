import type { CopyProgress } from '../store/copy/copy-store.ts'
import { copyPostgres } from '../store/copy/postgres-to-file.ts'
import { type BackupOptions, makeBackup } from './make-backup.ts'
import type { Manifest } from './manifest.ts'

export interface DatabaseBackupOptions extends Pick<BackupOptions, 'data' | 'to' | 'withMasterKey' | 'passphrase'> {
  /** Its URL. */
  readonly database: string
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined
  readonly wallClock: () => number
}

/**
 * Makes a backup of a PostgreSQL database, whether or not servers write to it, with the master key of a node's data folder.
 *
 * @throws BackupRefused, NewerDataFolder
 */
export function backUpDatabase({
  database,
  onProgress,
  wallClock,
  ...given
}: DatabaseBackupOptions): Promise<Manifest> {
  return makeBackup({ ...given, copy: (to) => copyPostgres(database, to, onProgress), at: wallClock() })
}
