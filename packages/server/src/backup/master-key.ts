import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { storedIdentity } from '../channel/identity.ts'
import { exists } from '../durable-files.ts'
import {
  MasterKeyRefused,
  masterKeyFile,
  nextMasterKeyFile,
  openKey,
  type PassphraseSource,
  type StoredKey,
} from '../master-key/key-files.ts'
import { createSealer } from '../sealing/sealing.ts'
import { settingIn } from '../store/sqlite/copy.ts'
import { BackupRefused } from './errors.ts'

/**
 * The key of a data folder or of a backup.
 *
 * @throws BackupRefused, also while the folder has two keys
 */
export async function masterKeyIn(folder: string, passphrase: PassphraseSource | undefined): Promise<StoredKey> {
  if (await exists(join(folder, nextMasterKeyFile))) {
    throw new BackupRefused(
      `The master key of ${folder} is being rotated. Try again when that is done; a rotation that was cut short goes on with the next start of the server.`,
    )
  }
  return readMasterKey(join(folder, masterKeyFile), passphrase)
}

/** @throws BackupRefused */
export async function readMasterKey(file: string, passphrase: PassphraseSource | undefined): Promise<StoredKey> {
  let content: Buffer
  try {
    content = await readFile(file)
  } catch (cause) {
    throw new BackupRefused(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause })
  }
  try {
    return await openKey(file, content, passphrase)
  } catch (cause) {
    if (!(cause instanceof MasterKeyRefused)) throw cause
    throw new BackupRefused(cause.message, { cause })
  }
}

/** Whether it is the key this database was sealed under. One that was never started holds nothing sealed. */
export function opens(database: string, key: Buffer): boolean {
  const sealed = settingIn(database, storedIdentity.name)
  if (sealed === undefined) return true
  try {
    createSealer(key).open(sealed, storedIdentity.context)
    return true
  } catch {
    // It is asked for nothing else: every failure of it means another key.
    return false
  }
}
