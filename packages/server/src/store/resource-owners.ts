import { compiledRow } from './compiled-query.ts'
import type { Reader, Store } from './store.ts'

/** The account that each of these belongs to, by its id; what does not exist has none. */
export type Owners = ReadonlyMap<string, string>

const instanceOwner = compiledRow((db: Reader, given: { id: string }) =>
  db.selectFrom('instance').select('account_id').where('id', '=', given.id),
)

const ccnOwner = compiledRow((db: Reader, given: { id: string }) =>
  db.selectFrom('ccn').select('account_id').where('id', '=', given.id),
)

/** The accounts that instances and networks belong to. An owner never changes, so it may be read ahead of the call's work. */
export function ownersOf(store: Pick<Store, 'read'>, ids: readonly string[]): Promise<Owners> {
  return store.read(async (db) => {
    const owners = new Map<string, string>()
    for (const id of ids) {
      const owner = await (id.startsWith('ccn-') ? ccnOwner : instanceOwner)(db, { id })
      if (owner !== undefined) owners.set(id, owner.account_id)
    }
    return owners
  })
}
