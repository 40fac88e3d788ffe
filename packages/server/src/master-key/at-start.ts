import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Sealer } from '../sealing/sealing.ts'
import { openSealKey, type SealKey } from '../store/audit/seal-key.ts'
import { readSealedSettings, settingContext } from '../store/sealed-settings.ts'
import type { Store } from '../store/store.ts'
import { keyDiskOf, MasterKeyRefused, masterKeyFile, type PassphraseSource } from './key-files.ts'
import { type MasterKey, openMasterKey } from './master-key.ts'

interface AtStart {
  /** Whether the store has no account yet. */
  readonly isFirst: boolean
  readonly passphrase: PassphraseSource | undefined
  readonly logger: Logger
}

/**
 * The master key of a server that starts, and the key of the audit trail, which is the first value that is sealed under it. A
 * rotation that was cut short is complete when this resolves.
 *
 * @throws MasterKeyRefused also when it is not the key of this database
 */
export async function masterKeyAtStart(
  { path }: { readonly path: string },
  store: Store,
  { isFirst, passphrase, logger }: AtStart,
): Promise<{ readonly masterKey: MasterKey; readonly sealKey: SealKey }> {
  const disk = keyDiskOf(path)
  const mayCreate = isFirst && (await store.read(readSealedSettings)).length === 0
  const isThere = (await disk.read(masterKeyFile)) !== undefined
  const masterKey = await openMasterKey({ mayCreate, passphrase, disk, random: randomBytes })
  let sealKey: SealKey
  try {
    sealKey = await sealKeyUnder(masterKey.ring, store, path)
  } catch (error) {
    // Of several nodes that start on an empty database one makes the key. What another one made meanwhile opens nothing.
    if (!isThere && error instanceof MasterKeyRefused) await rm(join(path, masterKeyFile))
    throw error
  }
  if (masterKey.rotating) {
    logger.warn(await masterKey.rotate(store), 'a rotation of the master key was cut short; it is complete now')
  }
  if (passphrase !== undefined && !masterKey.wrapped) {
    logger.warn('master.key is not wrapped, although a passphrase is set: run `opensag operator master-key wrap`')
  }
  return { masterKey, sealKey }
}

async function sealKeyUnder(sealer: Sealer, store: Store, path: string): Promise<SealKey> {
  await requireKeyOf(store, sealer, path)
  try {
    return await openSealKey(store, sealer, randomBytes)
  } catch (error) {
    // Another node may have come first with the first value.
    await requireKeyOf(store, sealer, path)
    throw error
  }
}

/** Values under another key are as good as lost, and new ones under this key would be lost to the nodes that have the right one. */
async function requireKeyOf(store: Store, sealer: Sealer, path: string): Promise<void> {
  for (const { name, value } of await store.read(readSealedSettings)) {
    try {
      sealer.open(value, settingContext(name))
    } catch (cause) {
      throw new MasterKeyRefused(
        `${join(path, masterKeyFile)} is not the master key of this database: the secrets in it do not open. Copy master.key from the data folder of another node of this database, or from the backup that the database came from.`,
        { cause },
      )
    }
  }
}
