import type { KeyPair, Random } from '@opensag/protocol'
import type { Sealer } from '../sealing/sealing.ts'
import { openKeyPair } from '../store/sealed-key-pair.ts'
import { settingContext } from '../store/sealed-settings.ts'
import type { Store } from '../store/store.ts'

const name = 'channel_identity'

/** Where the server's identity is kept: in every store that was ever started, and sealed under its master key. */
export const storedIdentity = { name, context: settingContext(name) } as const

/** The key every gateway pins when it enrols. */
export function openIdentity(kept: {
  readonly store: Store
  readonly sealer: Sealer
  readonly random: Random
}): Promise<KeyPair> {
  return openKeyPair(name, kept)
}
