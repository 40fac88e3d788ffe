import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Store } from '../store/store.ts'
import { keyDiskOf, type PassphraseSource } from './key-files.ts'
import { type MasterKey, openMasterKey } from './master-key.ts'

/** The master key of a server that starts. A rotation that was cut short is complete when this resolves. */
export async function masterKeyAtStart(
  { path }: { readonly path: string },
  store: Store,
  {
    logger,
    ...options
  }: {
    readonly mayCreate: boolean
    readonly passphrase: PassphraseSource | undefined
    readonly logger: Logger
  },
): Promise<MasterKey> {
  const masterKey = await openMasterKey({ ...options, disk: keyDiskOf(path), random: randomBytes })
  if (masterKey.rotating) {
    logger.warn(await masterKey.rotate(store), 'a rotation of the master key was cut short; it is complete now')
  }
  if (options.passphrase !== undefined && !masterKey.wrapped) {
    logger.warn('master.key is not wrapped, although a passphrase is set: run `opensag operator master-key wrap`')
  }
  return masterKey
}
