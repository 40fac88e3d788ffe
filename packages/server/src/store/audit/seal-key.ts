import { createKeyPair, type KeyPair, keyPairFrom, type Random } from '@opensag/protocol'
import type { Sealer } from '../../sealing/sealing.ts'
import { settingContext } from '../sealed-settings.ts'
import type { Store } from '../store.ts'
import { keyIdOf } from './chain.ts'

const name = 'audit_key'
const context = settingContext(name)

/** What the server signs its audit trail with. */
export interface SealKey {
  readonly key: KeyPair
  readonly id: string
}

/** Made by the first start, sealed under the master key; all nodes of a deployment share it. */
export async function openSealKey(store: Store, sealer: Sealer, random: Random): Promise<SealKey> {
  const fresh = sealer.seal(createKeyPair('Ed25519', random).secret, context)
  const sealed = await store.write(async (tx) => {
    await tx
      .insertInto('setting')
      .values({ name, value: fresh })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
    const { value } = await tx.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirstOrThrow()
    return value
  })
  const key = keyPairFrom('Ed25519', sealer.open(sealed, context))
  return { key, id: keyIdOf(key.publicKey) }
}
