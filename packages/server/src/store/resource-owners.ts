import { createRecentlyUsed } from '../recently-used.ts'
import { compiledRow } from './compiled-query.ts'
import type { Reader, Store } from './store.ts'

/** The account that each of these belongs to, by its id; what does not exist has none. */
export type Owners = ReadonlyMap<string, string>

/** At once where all of them are remembered. */
export type OwnersOf = (ids: readonly string[]) => Owners | Promise<Owners>

/** Ids that are remembered, and for how long: what was removed since then is asked about as its owner's. */
const mostIds = 10_000
export const rememberedMs = 60_000

interface Remembered {
  readonly owner: string
  /** Milliseconds that only ever rise. */
  readonly until: number
}

const instanceOwner = compiledRow((db: Reader, given: { id: string }) =>
  db.selectFrom('instance').select('account_id').where('id', '=', given.id),
)

const ccnOwner = compiledRow((db: Reader, given: { id: string }) =>
  db.selectFrom('ccn').select('account_id').where('id', '=', given.id),
)

/**
 * The accounts that instances and networks belong to. An owner never changes, so it may be read ahead of the call's work,
 * and remembered: to ask each time costs a call a tenth of its processor time. That there is none is not remembered.
 *
 * @param clock milliseconds that only ever rise
 */
export function createOwnersOf(store: Pick<Store, 'read'>, clock: () => number = () => performance.now()): OwnersOf {
  const remembered = createRecentlyUsed<string, Remembered>(mostIds)

  function recall(ids: readonly string[], now: number): Owners | undefined {
    const owners = new Map<string, string>()
    for (const id of ids) {
      const known = remembered.get(id)
      if (known === undefined || known.until <= now) return undefined
      owners.set(id, known.owner)
    }
    return owners
  }

  return (ids) => {
    const now = clock()
    return (
      recall(ids, now) ??
      store.read(async (db) => {
        const owners = new Map<string, string>()
        for (const id of ids) {
          const row = await (id.startsWith('ccn-') ? ccnOwner : instanceOwner)(db, { id })
          if (row === undefined) continue
          owners.set(id, row.account_id)
          remembered.set(id, { owner: row.account_id, until: now + rememberedMs })
        }
        return owners
      })
    )
  }
}
