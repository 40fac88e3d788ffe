import type { Random } from '@opensag/protocol'
import type { Sealer } from '../../sealing/sealing.ts'
import type { Reader, Store } from '../store.ts'
import { createAccount } from './keys.ts'

/** Whether nobody has an account yet: this is the first start. */
export async function isWithoutAccount(db: Reader): Promise<boolean> {
  return (await db.selectFrom('account').select('id').limit(1).executeTakeFirst()) === undefined
}

/** The account of the first start, with its key pair. */
export function createFirstAccount(store: Store, sealer: Sealer, random: Random): ReturnType<typeof createAccount> {
  return store.write((tx) => createAccount(tx, sealer, { name: 'first account', now: Date.now(), random }))
}
