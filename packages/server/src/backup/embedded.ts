import { isShared } from '../data-folder.ts'
import { BackupRefused } from './errors.ts'

/**
 * A database that was left in a folder when its server moved looks like any other, and is not what the server has.
 *
 * @throws BackupRefused
 */
export async function requireEmbedded(data: string): Promise<void> {
  if (!(await isShared(data))) return
  throw new BackupRefused(
    `The server of ${data} keeps everything in PostgreSQL, or its database was copied there: name that with --database or --database-file. To have what was left in the folder, copy it: opensag store copy --from ${data} --to FOLDER.`,
  )
}
