import { sql } from 'kysely'
import { instanceColumns } from '../../columns/instance.ts'
import { instancesWithDevices } from '../fleet/lookups.ts'
import type { HeldRow } from '../held-row.ts'
import type { Link } from './link.ts'
import { kyselyOn } from './unit.ts'

/** Rows of instances that a transaction has locked, and what its works have made of them. */
export interface HeldRows {
  get(id: string): HeldRow | undefined
  /** Sets these columns to what `values` has for them; false when there is no such row. */
  change(id: string, columns: readonly string[], values: Readonly<Record<string, unknown>>): boolean
  /** What was changed since the last `keep` or `undo` stays. */
  keep(): void
  undo(): void
  /** Writes all that stayed, in one statement. Undefined when nothing was changed. */
  write(link: Link): Promise<unknown> | undefined
}

type Row = Record<string, unknown>

const db = kyselyOn(async () => {
  throw new Error('It only compiles.')
})

/**
 * In the order of their ids, whatever the order they are asked for in: two transactions that each hold a row the other
 * waits for cannot be. Devices are not locked: what changes them takes the lock of the lane for itself alone.
 */
const hold = instancesWithDevices(db)
  .where('id', '=', sql<string>`any(${[]}::text[])`)
  .orderBy('id')
  .forNoKeyUpdate()
  .compile().sql

const find = instancesWithDevices(db).where('id', '=', sql<string>`${null}`).compile().sql

/** One instance as it is held, not locked. */
export async function readRow(link: Link, id: unknown): Promise<HeldRow | undefined> {
  return (await link.query<HeldRow>(find, [id], 'held-row')).rows[0]
}

/** Locks the instances for the transaction and reads them. */
export async function holdRows(link: Link, ids: readonly string[]): Promise<HeldRows> {
  const { rows } = await link.query<HeldRow>(hold, [ids], 'held-rows')
  return heldRows(rows)
}

export function heldRows(found: readonly HeldRow[]): HeldRows {
  const rows = new Map(found.map((row) => [row.id, row as HeldRow & Row]))
  const changedIds = new Set<string>()
  const changedColumns = new Set<string>()
  /** What the work under way has changed, first change last, as it was before. */
  const before: (readonly [row: Row, column: string, value: unknown])[] = []

  return {
    get: (id) => rows.get(id),
    change(id, columns, values) {
      const row: Row | undefined = rows.get(id)
      if (row === undefined) return false
      for (const column of columns) {
        before.push([row, column, row[column]])
        row[column] = values[column]
      }
      return true
    },
    keep() {
      for (const [row, column] of before.splice(0)) {
        changedIds.add(row['id'] as string)
        changedColumns.add(column)
      }
    },
    undo() {
      for (const [row, column, value] of before.splice(0).reverse()) row[column] = value
    },
    write(link) {
      if (changedIds.size === 0) return undefined
      const changed = [...changedIds].map((id) => rows.get(id) as Row)
      // In one order, or the same set would have many texts.
      const columns = ['id', ...[...changedColumns].sort()]
      const values = columns.map((column) => changed.map((row) => row[column]))
      const { text, name } = writeOf(columns)
      return link.query(text, values, name)
    },
  }
}

const types = new Map(Object.values(instanceColumns).map(({ name, type }) => [name as string, type]))
const writes = new Map<string, { readonly text: string; readonly name: string }>()

/** The columns of one group that were not changed in a row are written as they were: the row is locked. */
function writeOf(columns: readonly string[]): { readonly text: string; readonly name: string } {
  const key = columns.join()
  const known = writes.get(key)
  if (known !== undefined) return known
  const arrays = columns.map((column, index) => `$${index + 1}::${types.get(column) === 'whole' ? 'bigint' : 'text'}[]`)
  const sets = columns.slice(1).map((column) => `"${column}" = changed."${column}"`)
  const text = `update instance set ${sets.join(', ')}
  from unnest(${arrays.join(', ')}) as changed(${columns.map((column) => `"${column}"`).join(', ')})
  where instance.id = changed.id`
  const made = { text, name: `held-write-${writes.size + 1}` }
  writes.set(key, made)
  return made
}
