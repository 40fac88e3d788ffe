import { digestOf, type Range, type Ranges, rowsInRange } from './fleet-ranges.ts'
import type { ShownRow } from './fleet-row.ts'

/** Ids that are greater than `After`, and not greater than `UpTo`; without one of them, from or to the end. */
interface Told {
  readonly After: string | undefined
  readonly UpTo: string | undefined
}

export interface Changes {
  /** All rows of the ranges that are told. */
  readonly rows: readonly ShownRow[]
  readonly told: readonly Told[]
  readonly ranges: Ranges
  /** The answer is full, and the rest has not been looked at. */
  readonly more: boolean
}

interface Asked {
  readonly ranges: Ranges
  /** Instances of the whole fleet, by which the ranges get their size. */
  readonly total: number
  /** As many rows as the answer may have. */
  readonly limit: number
  /** The next rows by id. */
  readonly next: (after: string | undefined, count: number) => Promise<readonly ShownRow[]>
}

/** Rows that are read in one go. */
const pageSize = 500

/** Rows of a range that are compared: more than that have changed for sure. */
const largest = (size: number): number => Math.max(5000, 4 * size)

/** Compares what the caller has with what there is, range by range, until the answer is full. */
export async function changesSince({ ranges: { from, all }, total, limit, next }: Asked): Promise<Changes> {
  const size = rowsInRange(total)
  const rows: ShownRow[] = []
  const told: Told[] = []
  const kept: Range[] = all.slice(0, from)
  const read = reader(next, all[from - 1]?.upTo)
  let after = all[from - 1]?.upTo
  const tell = (upTo: string | undefined, found: readonly ShownRow[]): void => {
    const last = told.at(-1)
    if (last !== undefined && last.UpTo === after) told[told.length - 1] = { After: last.After, UpTo: upTo }
    else told.push({ After: after, UpTo: upTo })
    rows.push(...found)
    kept.push(...cut(found, upTo, size))
    after = upTo
  }
  for (const [index, range] of all.entries()) {
    if (index < from) continue
    const room = limit - rows.length
    // One with a digest is as small as we made it, and compared whole; without one it may be the whole fleet.
    const { rows: found, isWhole } = await read(range.upTo, range.digest === undefined ? room : largest(size))
    if (isWhole && range.digest === digestOf(found)) {
      kept.push(range)
      after = range.upTo
    } else if (isWhole && found.length <= room) {
      tell(range.upTo, found)
    } else {
      const some = found.slice(0, room)
      const last = some.at(-1)?.SmartAGId
      if (last !== undefined) tell(last, some)
      const rest: Range[] = [
        { upTo: range.upTo, digest: last === undefined ? range.digest : undefined },
        ...all.slice(index + 1),
      ]
      return { rows, told, ranges: { from: kept.length, all: [...kept, ...rest] }, more: true }
    }
  }
  return { rows, told, ranges: { from: 0, all: kept }, more: false }
}

/** The rows of one range in about equal parts, each with its digest. */
function cut(rows: readonly ShownRow[], upTo: string | undefined, size: number): readonly Range[] {
  const parts = Math.max(1, Math.round(rows.length / size))
  return Array.from({ length: parts }, (_, part) => {
    const own = rows.slice(Math.floor((part * rows.length) / parts), Math.floor(((part + 1) * rows.length) / parts))
    return { upTo: part === parts - 1 ? upTo : own.at(-1)?.SmartAGId, digest: digestOf(own) }
  })
}

/** Reads page by page, and gives out range by range. */
function reader(next: Asked['next'], from: string | undefined) {
  let ahead: ShownRow[] = []
  let after = from
  let isEnd = false
  return async (upTo: string | undefined, most: number): Promise<{ rows: readonly ShownRow[]; isWhole: boolean }> => {
    const rows: ShownRow[] = []
    for (;;) {
      while (ahead.length > 0 && rows.length <= most) {
        const row = ahead[0] as ShownRow
        if (upTo !== undefined && row.SmartAGId > upTo) return { rows, isWhole: true }
        rows.push(row)
        ahead.shift()
      }
      if (rows.length > most) return { rows: rows.slice(0, most), isWhole: false }
      if (isEnd) return { rows, isWhole: true }
      const page = await next(after, pageSize)
      isEnd = page.length < pageSize
      after = page.at(-1)?.SmartAGId ?? after
      ahead = [...page]
    }
  }
}
