import type { Random } from '@opensag/protocol'
import type { Sealer } from '../../sealing/sealing.ts'
import type { Reader, Store } from '../store.ts'
import { createAccount, type NewAccount } from './keys.ts'

/** Whether nobody has an account yet: this is the first start. */
export async function isWithoutAccount(db: Reader): Promise<boolean> {
  return (await db.selectFrom('account').select('id').limit(1).executeTakeFirst()) === undefined
}

/** The account of the first start, with its key pair; undefined when another node that starts has made it. */
export function createFirstAccount(store: Store, sealer: Sealer, random: Random): Promise<NewAccount | undefined> {
  return store.write(async (tx) =>
    (await isWithoutAccount(tx))
      ? createAccount(tx, sealer, { name: 'first account', now: Date.now(), random })
      : undefined,
  )
}
