import { createKeyPair, type KeyPair, keyPairFrom, type Random } from '@opensag/protocol'
import type { Sealer } from '../sealing/sealing.ts'
import { settingContext } from '../store/sealed-settings.ts'
import type { Store } from '../store/store.ts'

const name = 'channel_identity'
const context = settingContext(name)

/** Where the server's identity is kept: in every store that was ever started, and sealed under its master key. */
export const storedIdentity = { name, context } as const

/** The key every gateway pins when it enrols. Made on first start; all nodes of a deployment share it. */
export async function openIdentity({
  store,
  sealer,
  random,
}: {
  readonly store: Store
  readonly sealer: Sealer
  readonly random: Random
}): Promise<KeyPair> {
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
