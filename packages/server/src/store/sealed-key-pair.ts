import { createKeyPair, type KeyPair, keyPairFrom, type Random } from '@opensag/protocol'
import type { Sealer } from '../sealing/sealing.ts'
import { type SealedSetting, settingContext } from './sealed-settings.ts'
import type { Store } from './store.ts'

/** A key pair that signs, sealed in a setting. Made by the first start; all nodes of a deployment share it. */
export async function openKeyPair(
  name: SealedSetting,
  { store, sealer, random }: { readonly store: Store; readonly sealer: Sealer; readonly random: Random },
): Promise<KeyPair> {
  const context = settingContext(name)
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
  return keyPairFrom('Ed25519', sealer.open(sealed, context))
}
