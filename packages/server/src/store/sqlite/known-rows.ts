import { sql } from 'kysely'
import { type HotQuery, isHot, onlyReads } from '../compiled-query.ts'
import { instancesWithDevices } from '../fleet/lookups.ts'
import type { HeldRow } from '../held-row.ts'
import { createKnownRows } from '../known-rows.ts'
import { compilingKysely, type Execute } from './dialect.ts'

/** The statements of the one connection that writes: an instance that its transaction has read is not read again. */
export interface KnownRowsOfWriter {
  readonly execute: Execute
  /** When a transaction begins, and when something was undone. */
  forget(): void
}

const find = instancesWithDevices(compilingKysely).where('id', '=', sql<string>`${null}`).compile()

/** @param execute has SQLite do it */
export function createKnownRowsOfWriter(execute: Execute): KnownRowsOfWriter {
  const known = createKnownRows()

  function rowOf(id: unknown): HeldRow | undefined {
    const row = known.get(id)
    if (row !== undefined) return row
    const query: HotQuery<unknown> = { ...find, parameters: [id], firstRowOnly: true, onHeldRow: undefined, given: {} }
    const [found] = execute(query).rows as HeldRow[]
    if (found !== undefined) known.add(id, found, known.changes())
    return found
  }

  return {
    forget: known.clear,
    execute(query) {
      const access = isHot(query) ? query.onHeldRow : undefined
      if (access === undefined) {
        if (!onlyReads(query)) known.clear()
        return execute(query)
      }
      const { given } = query as HotQuery<unknown>
      const id = given[access.id]
      if ('read' in access) {
        const row = rowOf(id)
        return { rows: row === undefined ? [] : [access.read(row)] }
      }
      try {
        const done = execute(query)
        known.changing(id, access.columns, given)
        return done
      } catch (error) {
        known.clear()
        throw error
      }
    },
  }
}
