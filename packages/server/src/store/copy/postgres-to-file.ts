import { contentOf, type DatabaseContent } from '../sqlite/copy.ts'
import { type CopyProgress, copyStore } from './copy-store.ts'
import { copiedTables } from './plan.ts'
import { openPostgresSource } from './postgres-side.ts'
import { openNewSqliteFile } from './sqlite-side.ts'

/**
 * Copies a PostgreSQL database, in the state of one moment, into an SQLite file that is not there yet, and compares both. The
 * schema stays as it is: one of an older version is copied as such.
 *
 * @throws CopyRefused, NewerDataFolder
 */
export async function copyPostgres(
  connectionString: string,
  to: string,
  onProgress?: (progress: CopyProgress) => void,
): Promise<DatabaseContent> {
  const source = await openPostgresSource(connectionString, { mayBeOlder: true })
  try {
    const target = await openNewSqliteFile(to, source.schema)
    try {
      await copyStore({ tables: await copiedTables(source.schema), source, target, onProgress })
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
  return contentOf(to)
}
