import type { KeyPair, Random } from '@opensag/protocol'
import type { Sealer } from '../../sealing/sealing.ts'
import { openKeyPair } from '../sealed-key-pair.ts'
import type { Store } from '../store.ts'
import { keyIdOf } from './chain.ts'

/** What the server signs its audit trail with. */
export interface SealKey {
  readonly key: KeyPair
  readonly id: string
}

export async function openSealKey(store: Store, sealer: Sealer, random: Random): Promise<SealKey> {
  const key = await openKeyPair('audit_key', { store, sealer, random })
  return { key, id: keyIdOf(key.publicKey) }
}
