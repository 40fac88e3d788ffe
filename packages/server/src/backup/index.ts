import type { DatabaseBackupOptions } from './back-up-database.ts'
import type { Manifest } from './manifest.ts'
import type { DatabaseMarking } from './mark-database.ts'
import type { Marked } from './mark-restored.ts'
import type { Moved, MoveOptions } from './move-store.ts'
import type { Restored } from './restore-backup.ts'
import type { DatabaseRestoreOptions } from './restore-into-database.ts'

export type { CopyProgress } from '../store/copy/copy-store.ts'
export { backUpFolder } from './back-up-folder.ts'
export { BackupRefused } from './errors.ts'
export type { Manifest } from './manifest.ts'
export { markFolder } from './mark-folder.ts'
export type { Marked } from './mark-restored.ts'
export type { Moved, StorePlace } from './move-store.ts'
export { type Restored, restoreBackup } from './restore-backup.ts'
export { type VerifiedBackup, verifyBackup } from './verify-backup.ts'

// Each as it is there. They are loaded only when they are asked for: a data folder does without PostgreSQL.

export async function moveStore(options: MoveOptions): Promise<Moved> {
  return (await import('./databases.ts')).moveStore(options)
}

export async function backUpDatabase(options: DatabaseBackupOptions): Promise<Manifest> {
  return (await import('./databases.ts')).backUpDatabase(options)
}

export async function restoreIntoDatabase(options: DatabaseRestoreOptions): Promise<Restored> {
  return (await import('./databases.ts')).restoreIntoDatabase(options)
}

export async function markDatabase(options: DatabaseMarking): Promise<Marked> {
  return (await import('./databases.ts')).markDatabase(options)
}
