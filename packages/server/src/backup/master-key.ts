import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { storedIdentity } from '../channel/identity.ts'
import { masterKeyBytes } from '../data-folder.ts'
import { createSealer } from '../sealing/sealing.ts'
import { settingIn } from '../store/sqlite/copy.ts'
import { BackupRefused } from './errors.ts'
import { masterKeyFile } from './manifest.ts'

export function masterKeyIn(folder: string): Promise<Buffer> {
  return readMasterKey(join(folder, masterKeyFile))
}

/** @throws BackupRefused */
export async function readMasterKey(file: string): Promise<Buffer> {
  let key: Buffer
  try {
    key = await readFile(file)
  } catch (cause) {
    throw new BackupRefused(`${file} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause })
  }
  if (key.length === masterKeyBytes) return key
  throw new BackupRefused(`${file} is damaged: ${key.length} bytes instead of ${masterKeyBytes}.`)
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
