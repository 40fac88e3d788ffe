import type { FleetRow } from './row.ts'

/** What `ListFleet` answers to `Since`. */
export interface FleetAnswer {
  readonly Instances: readonly FleetRow[]
  /** Of the ids after `After`, up to and with `UpTo`: all that there are is in the answer. */
  readonly Ranges: readonly { readonly After?: string; readonly UpTo?: string }[]
  readonly Since: string
}

/** The fleet as the server has told it, kept up by what it tells of changes. */
export class FleetCopy {
  #rows: readonly FleetRow[] = []
  #since = '0'

  /** By id. A row that has not changed stays the same object. */
  get rows(): readonly FleetRow[] {
    return this.#rows
  }

  /** What the next question says that is here. */
  get since(): string {
    return this.#since
  }

  take({ Instances, Ranges, Since }: FleetAnswer): void {
    this.#since = Since
    if (Ranges.length === 0) return
    const known = new Map(this.#rows.map((row) => [row.SmartAGId, row]))
    const rows: FleetRow[] = []
    let [next, taken] = [0, 0]
    // Both are in the order of their ids, as the ranges are.
    for (const { After = '', UpTo } of Ranges) {
      for (; next < this.#rows.length && idAt(this.#rows, next) <= After; next += 1)
        rows.push(this.#rows[next] as FleetRow)
      while (next < this.#rows.length && isWithin(idAt(this.#rows, next), UpTo)) next += 1
      for (; taken < Instances.length && isWithin(idAt(Instances, taken), UpTo); taken += 1) {
        const row = Instances[taken] as FleetRow
        const before = known.get(row.SmartAGId)
        rows.push(before !== undefined && JSON.stringify(before) === JSON.stringify(row) ? before : row)
      }
    }
    this.#rows = [...rows, ...this.#rows.slice(next)]
  }
}

function idAt(rows: readonly FleetRow[], index: number): string {
  return rows[index]?.SmartAGId ?? ''
}

function isWithin(id: string, upTo: string | undefined): boolean {
  return upTo === undefined || id <= upTo
}
