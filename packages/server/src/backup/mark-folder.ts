import { join } from 'node:path'
import { openBusinessClock } from '../business-clock.ts'
import { exists } from '../durable-files.ts'
import { openSqliteStore } from '../store/sqlite/open.ts'
import { requireEmbedded } from './embedded.ts'
import { BackupRefused } from './errors.ts'
import { databaseFile } from './manifest.ts'
import { type Marked, type Marking, markRestored } from './mark-restored.ts'

/**
 * Marks the data folder of a stopped server as restored, where its files were put in place by hand, a snapshot or the tools of
 * a file system.
 *
 * @throws BackupRefused, UnknownKeys, DataFolderInUse, NewerDataFolder, DamagedDataFolder
 */
export async function markFolder(
  data: string,
  { wallClock, ...given }: Pick<Marking, 'aheadMs' | 'keepKeys'> & { readonly wallClock: () => number },
): Promise<Marked> {
  await requireEmbedded(data)
  if (!(await exists(join(data, databaseFile)))) throw new BackupRefused(`There is no ${databaseFile} in ${data}.`)
  const store = await openSqliteStore({ folder: data })
  try {
    const clock = await openBusinessClock(store, wallClock)
    return await markRestored(store, { ...given, at: wallClock(), businessNow: clock.now() })
  } finally {
    await store.close()
  }
}
