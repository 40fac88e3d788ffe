import type { PassphraseSource } from '../master-key/key-files.ts'
import type { CopyProgress } from '../store/copy/copy-store.ts'
import type { CopyTo } from '../store/copy/in-thread.ts'
import { makeBackup } from './make-backup.ts'
import type { Manifest } from './manifest.ts'

interface Wanted {
  /** A folder that is not there yet. */
  readonly to: string
  readonly withMasterKey: boolean
  /** Whether somebody waits for it: otherwise a server that is stopped does not. */
  readonly isAwaited: boolean
}

/** The backups of a server that runs, wherever its database is. */
export interface Backups {
  /** @throws BackupRefused */
  make(wanted: Wanted): Promise<Manifest>
  /** Of the one that was begun last, while it is made and its rows are counted; an SQLite file is copied as a whole. */
  progress(): CopyProgress | undefined
}

export function createBackups({
  data,
  copyTo,
  passphrase,
  wallClock,
}: {
  readonly data: string
  readonly copyTo: CopyTo
  readonly passphrase: PassphraseSource | undefined
  readonly wallClock: () => number
}): Backups {
  let latest: CopyProgress | undefined
  return {
    async make({ to, withMasterKey, isAwaited }) {
      const onProgress = (progress: CopyProgress): void => {
        latest = progress
      }
      const copy = (file: string): ReturnType<CopyTo> => copyTo(file, { isAwaited, onProgress })
      try {
        return await makeBackup({ data, to, withMasterKey, copy, passphrase, at: wallClock() })
      } finally {
        latest = undefined
      }
    },
    progress: () => latest,
  }
}
