import type { Moved, MoveOptions } from './move-store.ts'

export { backUpFolder } from './back-up-folder.ts'
export { BackupRefused } from './errors.ts'
export type { Manifest } from './manifest.ts'
export { markFolder } from './mark-folder.ts'
export type { Marked } from './mark-restored.ts'
export type { Moved, StorePlace } from './move-store.ts'
export { type Restored, restoreBackup } from './restore-backup.ts'

/** As it is there. Loaded only when it is asked for: a backup and a restore do without PostgreSQL. */
export async function moveStore(options: MoveOptions): Promise<Moved> {
  return (await import('./move-store.ts')).moveStore(options)
}
