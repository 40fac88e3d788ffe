import { join, resolve } from 'node:path'
import { noteEmbedded, noteShared } from '../data-folder.ts'
import { exists, makeFolderDurably, writeDurably } from '../durable-files.ts'
import { masterKeyFile, nextMasterKeyFile } from '../master-key/key-files.ts'
import { readPrivate } from '../private-files.ts'
import { type Copied, type CopyProgress, copyStore } from '../store/copy/copy-store.ts'
import { CopyRefused } from '../store/copy/errors.ts'
import { copiedTables } from '../store/copy/plan.ts'
import { openPostgresSource, openPostgresTarget } from '../store/copy/postgres-side.ts'
import type { CopySource, CopyTarget } from '../store/copy/side.ts'
import { openSqliteSource, openSqliteTarget } from '../store/copy/sqlite-side.ts'
import { BackupRefused } from './errors.ts'

/** Where everything of a server is kept: in its data folder, or in a PostgreSQL database. */
export type StorePlace = { readonly folder: string } | { readonly database: string }

export interface MoveOptions {
  readonly from: StorePlace
  readonly to: StorePlace
  readonly onProgress?: ((progress: CopyProgress) => void) | undefined
}

export interface Moved {
  readonly tables: Copied
  /** Whether the target has its master key, which is in no database. */
  readonly masterKey: 'copied' | 'to be copied'
}

/**
 * Copies everything of one database into another, empty one, and compares the two. Run again after an interruption it
 * goes on. Of the files of a data folder only the master key belongs to the database, and goes with it into a folder.
 *
 * @throws BackupRefused, DataFolderInUse, NewerDataFolder, DamagedDataFolder
 */
export async function moveStore({ from, to, onProgress }: MoveOptions): Promise<Moved> {
  try {
    return await move({ from, to, onProgress })
  } catch (error) {
    if (error instanceof CopyRefused) throw new BackupRefused(error.message, { cause: error })
    throw error
  }
}

async function move({ from, to, onProgress }: MoveOptions): Promise<Moved> {
  const tables = await copiedTables()
  const source = await openSource(from)
  try {
    const key = 'folder' in from && 'folder' in to ? await keyFor(from.folder, to.folder) : undefined
    const target = await openTarget(to)
    try {
      const copied = await copyStore({
        tables,
        source,
        target,
        onProgress,
        begun: async () => {
          if (key !== undefined && 'folder' in to) await writeDurably(join(to.folder, masterKeyFile), key)
        },
      })
      if ('folder' in to) await noteEmbedded(resolve(to.folder))
      else if ('folder' in from) await noteShared(resolve(from.folder))
      return { tables: copied, masterKey: key === undefined ? 'to be copied' : 'copied' }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function openSource(place: StorePlace): Promise<CopySource> {
  if ('folder' in place) return openSqliteSource(resolve(place.folder))
  return openPostgresSource(place.database)
}

async function openTarget(place: StorePlace): Promise<CopyTarget> {
  if ('folder' in place) {
    const folder = resolve(place.folder)
    await makeFolderDurably(folder)
    return openSqliteTarget(folder)
  }
  return openPostgresTarget(place.database)
}

/** The file as it is, wrapped or not. */
async function keyFor(from: string, to: string): Promise<Buffer> {
  if (await exists(join(from, nextMasterKeyFile))) {
    throw new BackupRefused(`The master key of ${from} is being rotated. Start its server once: it finishes that.`)
  }
  const key = await readPrivate(join(from, masterKeyFile))
  if (key === undefined) throw new BackupRefused(`There is no ${masterKeyFile} in ${from}.`)
  const there = await readPrivate(join(to, masterKeyFile))
  if (there === undefined || there.equals(key)) return key
  throw new BackupRefused(`${join(to, masterKeyFile)} is another key than that of ${from}. Choose another folder.`)
}
