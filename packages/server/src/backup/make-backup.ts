import { chmod, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { exists, syncPath, writeDurably } from '../durable-files.ts'
import { masterKeyFile, type PassphraseSource } from '../master-key/key-files.ts'
import { CopyRefused } from '../store/copy/errors.ts'
import type { DatabaseContent } from '../store/sqlite/copy.ts'
import { BackupRefused } from './errors.ts'
import { namesIn, sha256Of } from './files.ts'
import { databaseFile, type Manifest, manifestFile, manifestOf } from './manifest.ts'
import { masterKeyIn, opens } from './master-key.ts'

export interface BackupOptions {
  /** The data folder, whose master key belongs to the database. */
  readonly data: string
  /** A folder that is not there yet, beside whose name there is room for another one. */
  readonly to: string
  readonly withMasterKey: boolean
  /** Copies the database, in the state of one moment, into a file that is not there yet. */
  readonly copy: (to: string) => Promise<DatabaseContent>
  /** Opens a wrapped `master.key`, to see that it belongs to the database; it goes into the backup as it is. */
  readonly passphrase?: PassphraseSource | undefined
  /** Milliseconds since 1970. */
  readonly at: number
}

/**
 * Makes a backup: all of it, looked through and on disk, or nothing. What others write meanwhile is in it or not, one unit
 * of work as a whole.
 *
 * @throws BackupRefused
 */
export async function makeBackup(options: BackupOptions): Promise<Manifest> {
  const { data, withMasterKey } = options
  const to = resolve(options.to)
  const key = await masterKeyIn(data, options.passphrase)
  if (await exists(to)) throw new BackupRefused(`${to} is there already. A backup is never written over anything.`)
  const draft = await draftBeside(to)
  try {
    const copied = join(draft, databaseFile)
    const { schema, rows } = await copyOrRefuse(options.copy, copied)
    // A rotation that began meanwhile has sealed some of what was copied under its next key.
    if (!(await masterKeyIn(data, options.passphrase)).key.equals(key.key)) {
      throw new BackupRefused('The master key was rotated while the backup was made. Make the backup again.')
    }
    if (!opens(copied, key.key)) {
      throw new BackupRefused(`${join(data, masterKeyFile)} does not open the database: it is another one's.`)
    }
    if (withMasterKey) await writeDurably(join(draft, masterKeyFile), key.content)
    const files = withMasterKey ? ([databaseFile, masterKeyFile] as const) : ([databaseFile] as const)
    const manifest = manifestOf({
      at: options.at,
      schema,
      rows,
      masterKey: !withMasterKey ? 'left out' : key.wrapped ? 'included, wrapped' : 'included',
      files: await Promise.all(files.map((name) => described(draft, name))),
    })
    await syncPath(copied)
    await writeDurably(join(draft, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`)
    await rename(draft, to)
    await syncPath(dirname(to))
    return manifest
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

async function copyOrRefuse(copy: BackupOptions['copy'], to: string): Promise<DatabaseContent> {
  try {
    return await copy(to)
  } catch (error) {
    if (error instanceof CopyRefused) throw new BackupRefused(error.message, { cause: error })
    throw error
  }
}

async function draftBeside(to: string): Promise<string> {
  const parent = dirname(to)
  if ((await namesIn(parent)) === undefined) {
    throw new BackupRefused(`${parent} is not there. Make that folder; the one of the backup is made in it.`)
  }
  const draft = await mkdtemp(join(parent, `.${basename(to)}.partial-`))
  await chmod(draft, 0o700)
  return draft
}

async function described<N extends string>(
  folder: string,
  name: N,
): Promise<{ readonly name: N; readonly bytes: number; readonly sha256: string }> {
  const file = join(folder, name)
  return { name, bytes: (await stat(file)).size, sha256: await sha256Of(file) }
}
