import type { HeldRow } from './held-row.ts'

/**
 * Instances that a transaction has read while nobody else can change them before it ends. Most works ask for the same
 * instance three times: before a change, for it, and behind it.
 */
export interface KnownRows {
  /** Undefined when it is to be read. */
  get(id: unknown): HeldRow | undefined
  /** Rises with every change: what was asked for before is out of date then. */
  changes(): number
  /** @param asOf what `changes` was when the row was asked for */
  add(id: unknown, row: HeldRow, asOf: number): void
  /** Before an update of these columns is sent; whether the instance is known to be there. */
  changing(id: unknown, columns: readonly string[], values: Readonly<Record<string, unknown>>): boolean
  /** Before anything is sent that may change an instance or a device, and when something was undone. */
  clear(): void
}

export function createKnownRows(): KnownRows {
  const rows = new Map<unknown, HeldRow>()
  let changes = 0

  return {
    get: (id) => rows.get(id),
    changes: () => changes,
    add(id, row, asOf) {
      if (asOf === changes) rows.set(id, row)
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
