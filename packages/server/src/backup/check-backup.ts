import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { masterKeyFile, type PassphraseSource, type StoredKey } from '../master-key/key-files.ts'
import { contentOf } from '../store/sqlite/copy.ts'
import { BackupRefused } from './errors.ts'
import { sha256Of } from './files.ts'
import { databaseFile, type Manifest, readManifest } from './manifest.ts'
import { masterKeyIn, opens, readMasterKey } from './master-key.ts'

export interface CheckedBackup {
  readonly manifest: Manifest
  readonly database: string
  readonly masterKey: StoredKey
}

/**
 * Looks a backup through, as it lies there. Nothing is written.
 *
 * @param masterKey where the key is, when the backup was made without it
 * @param passphrase opens a wrapped one
 * @throws BackupRefused, NewerDataFolder, DamagedDataFolder
 */
export async function checkBackup(
  folder: string,
  masterKey: string | undefined,
  passphrase?: PassphraseSource,
): Promise<CheckedBackup> {
  const { manifest, database } = await checkFiles(folder)
  const key = await keyOf(folder, manifest, { file: masterKey, passphrase })
  if (!opens(database, key.key)) {
    throw new BackupRefused(`This master key does not open the database of ${folder}: it is another one's.`)
  }
  return { manifest, database, masterKey: key }
}

/**
 * The same without a look at its key.
 *
 * @throws BackupRefused, NewerDataFolder, DamagedDataFolder
 */
export async function checkFiles(folder: string): Promise<Pick<CheckedBackup, 'manifest' | 'database'>> {
  const manifest = await readManifest(folder)
  for (const file of manifest.files) await checkFile(folder, file)
  if (!manifest.files.some(({ name }) => name === databaseFile)) {
    throw new BackupRefused(`The manifest of ${folder} names no database.`)
  }
  const database = join(folder, databaseFile)
  const { schema, rows } = await contentOf(database)
  if (schema !== manifest.schema || !isSame(rows, manifest.rows)) {
    throw new BackupRefused(`${database} does not hold what its manifest says.`)
  }
  return { manifest, database }
}

async function keyOf(
  folder: string,
  { files }: Manifest,
  { file, passphrase }: { readonly file: string | undefined; readonly passphrase: PassphraseSource | undefined },
): Promise<StoredKey> {
  if (file !== undefined) return readMasterKey(file, passphrase)
  if (files.some(({ name }) => name === masterKeyFile)) return masterKeyIn(folder, passphrase)
  throw new BackupRefused(`The backup in ${folder} was made without master.key. Name the file: --master-key FILE.`)
}

async function checkFile(folder: string, { name, bytes, sha256 }: Manifest['files'][number]): Promise<void> {
  const file = join(folder, name)
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => error)
  if (found instanceof Error) throw new BackupRefused(`${file} cannot be read (${found.code}).`, { cause: found })
  if (found.size !== bytes) throw new BackupRefused(`${file} is damaged: ${found.size} bytes instead of ${bytes}.`)
  if ((await sha256Of(file)) !== sha256) throw new BackupRefused(`${file} is damaged: its SHA-256 is another one.`)
}

function isSame(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): boolean {
  const tables = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...tables].every((table) => one[table] === other[table])
}
