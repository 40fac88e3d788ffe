import type { QueryResult } from 'kysely'
import type { HotQuery } from '../compiled-query.ts'
import type { OnHeldRow } from '../held-row.ts'
import { createKnownRows, type KnownRows } from '../known-rows.ts'
import { readRow } from './held-rows.ts'
import type { Link } from './link.ts'

type Read = Extract<OnHeldRow, { readonly read: unknown }>

/** Instances that a transaction which has the lane to itself has read. */
export interface HeldCache extends Pick<KnownRows, 'changing' | 'clear'> {
  /** The answer of a query of one instance. */
  read(query: HotQuery<unknown>, access: Read): Promise<QueryResult<unknown>>
}

export function createHeldCache(link: Link): HeldCache {
  const known = createKnownRows()

  return {
    changing: known.changing,
    clear: known.clear,
    async read({ given }, { id, read }) {
      const key = given[id]
      let row = known.get(key)
      if (row === undefined) {
        const asOf = known.changes()
        row = await readRow(link, key)
        if (row !== undefined) known.add(key, row, asOf)
      }
      return { rows: row === undefined ? [] : [read(row)] }
    },
  }
}
