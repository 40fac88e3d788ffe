import type { QueryResult } from 'kysely'
import type { HotQuery } from '../compiled-query.ts'
import type { HeldRow, OnHeldRow } from '../held-row.ts'
import { readRow } from './held-rows.ts'
import type { Link } from './link.ts'

type Read = Extract<OnHeldRow, { readonly read: unknown }>

/**
 * Instances that a transaction which has the lane to itself has read: nobody else changes them before it ends. Most works
 * ask for the same instance three times: before a change, for it, and behind it.
 */
export interface HeldCache {
  /** The answer of a query of one instance. */
  read(query: HotQuery<unknown>, access: Read): Promise<QueryResult<unknown>>
  /** Before an update of these columns is sent; whether the instance is known to be there. */
  changing(id: unknown, columns: readonly string[], values: Readonly<Record<string, unknown>>): boolean
  /** Before anything is sent that may change an instance or a device, and when something was undone. */
  clear(): void
}

export function createHeldCache(link: Link): HeldCache {
  const rows = new Map<unknown, HeldRow>()
  /** Rises with every change: what was asked for before is out of date then. */
  let changes = 0

  return {
    async read({ given }, { id, read }) {
      const key = given[id]
      let row = rows.get(key)
      if (row === undefined) {
        const asOf = changes
        row = await readRow(link, key)
        if (row !== undefined && asOf === changes) rows.set(key, row)
      }
      return { rows: row === undefined ? [] : [read(row)] }
    },
    changing(id, columns, values) {
      changes += 1
      const row = rows.get(id) as Record<string, unknown> | undefined
      if (row === undefined) return false
      for (const column of columns) row[column] = values[column]
      return true
    },
    clear() {
      changes += 1
      rows.clear()
    },
  }
}
