import { randomBytes } from 'node:crypto'
import type { Sealer } from '../sealing/sealing.ts'
import { createAccount, type NewAccount } from '../store/access/keys.ts'
import type { Store } from '../store/store.ts'

/** The account of a first start, with the key pair that is shown once. */
export async function createFirstAccount(
  store: Store,
  sealer: Sealer,
  { regionId }: { readonly regionId: string },
): Promise<NewAccount & { readonly regionId: string }> {
  const account = await store.write((tx) =>
    createAccount(tx, sealer, { name: 'first account', now: Date.now(), random: randomBytes }),
  )
  return { ...account, regionId }
}
