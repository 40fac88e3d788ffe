import { createRun, type FingerprintRun } from './fingerprint-run.ts'
import { createFingerprintTable, type FingerprintTable } from './fingerprint-table.ts'
import { createFingerprintReader, type Fingerprint, lanes } from './fingerprints.ts'
import type { TimeSpan } from './time-spans.ts'

/** Nonces that expire within the same so many milliseconds are forgotten together. */
export const sliceMs = 2 * 60_000

/** Where the slice of an expiry begins and ends, both included. */
export function sliceOf(expiresAt: number): TimeSpan {
  return spanOf(Math.floor(expiresAt / sliceMs))
}

function spanOf(slice: number): TimeSpan {
  const from = slice * sliceMs
  return { from, to: from + sliceMs - 1 }
}

/** What comes later than a table can tell is never forgotten: the year 10136. */
const lastSlice = 2 ** 31 - 1

function numberOf(expiresAt: number): number {
  return Math.min(Math.floor(expiresAt / sliceMs), lastSlice)
}

/** A run is not made larger than this, so that nobody waits long while one is written. */
export const mostInRun = 2 ** 17

/** A run that is as large as this many times what is folded becomes part of it. */
const worthJoining = 4

/** Used nonces of one slice, as they are on disk. */
export interface NonceRun extends FingerprintRun {
  /** The row it is. */
  readonly id: number
  /** When they expire. */
  readonly slice: TimeSpan
}

/** Nonces that become a run, and the smaller runs that it takes the place of. */
export interface FoldedSlice extends FingerprintRun {
  readonly slice: TimeSpan
  readonly replaces: readonly NonceRun[]
}

export interface NonceSet {
  /** @returns false when it was there already, whenever it expires */
  add(hash: string, expiresAt: number): boolean
  /** One that is on disk as a row of its own; no run is asked, for it does not matter when it is in one as well. */
  addStored(hash: string, expiresAt: number): void
  /** One that is on disk. */
  addRun(run: NonceRun): void
  /**
   * Begins to make runs of all that are in none; until it has ended, one way or the other, all are known as used where
   * they were. @returns what has to be on disk for that
   */
  fold(): readonly FoldedSlice[]
  /** The runs are on disk, under these ids in the same order, and what they replace is not. */
  folded(ids: readonly number[]): void
  /** Nothing of it happened, or none had begun. */
  notFolded(): void
  /** Of the runs, those of which everything has expired by `now`. */
  expired(now: number): readonly NonceRun[]
  drop(runs: readonly NonceRun[]): void
  readonly size: number
  /** How many are in no run, without those that are being folded. */
  readonly loose: number
  /** Whether a whole slice that is in no run has expired by `now`. */
  isLooseExpired(now: number): boolean
  /** What the fingerprints take up. */
  readonly bytes: number
}

/**
 * Used nonces as fingerprints of 16 bytes: those of the last calls in a table, the others in runs, each of one slice of
 * time, so that a slice goes as a whole and nothing is looked for to forget it.
 */
export function createNonceSet({ most = mostInRun }: { readonly most?: number } = {}): NonceSet {
  const reader = createFingerprintReader()
  let loose = createLoose()
  let folding: { readonly loose: Loose; readonly slices: readonly FoldedSlice[] } | undefined
  let runs: readonly NonceRun[] = []
  let inRuns = 0

  function setRuns(next: readonly NonceRun[]): void {
    runs = next
    inRuns = next.reduce((total, { size }) => total + size, 0)
  }

  function without(gone: readonly NonceRun[]): readonly NonceRun[] {
    const those = new Set(gone)
    return runs.filter((run) => !those.has(run))
  }

  /** The newest runs of the slice, for as long as it is worth it: there are few for each slice, and each is rarely written. */
  function joinedWith(slice: number, fresh: Int32Array): FoldedSlice {
    const { from, to } = spanOf(slice)
    const replaces: NonceRun[] = []
    let size = fresh.length / lanes
    for (const run of runs.filter((one) => one.slice.from === from).reverse()) {
      if (run.size > worthJoining * size || run.size + size > most) break
      replaces.push(run)
      size += run.size
    }
    const cells = new Int32Array(size * lanes)
    cells.set(fresh)
    let at = fresh.length
    for (const run of replaces) {
      cells.set(run.cells, at)
      at += run.cells.length
    }
    return { ...createRun(cells), slice: { from, to }, replaces }
  }

  return {
    add(hash, expiresAt) {
      const fingerprint = reader.read(hash)
      if (loose.table.has(fingerprint) || folding?.loose.table.has(fingerprint)) return false
      for (const run of runs) if (run.has(fingerprint)) return false
      loose.add(fingerprint, numberOf(expiresAt))
      return true
    },
    addStored: (hash, expiresAt) => loose.add(reader.read(hash), numberOf(expiresAt)),
    addRun: (run) => setRuns([...runs, run]),
    fold() {
      if (folding !== undefined) throw new Error('Nonces are being folded already.')
      const slices = [...bySlice(loose.table)].map(([slice, fresh]) => joinedWith(slice, fresh))
      folding = { loose, slices }
      loose = createLoose()
      return slices
    },
    folded(ids) {
      const slices = folding?.slices ?? []
      const made = slices.map((slice, index) => ({ ...slice, id: ids[index] as number }))
      setRuns([...without(slices.flatMap(({ replaces }) => replaces)), ...made])
      folding = undefined
    },
    notFolded() {
      if (folding === undefined) return
      const later = loose
      loose = folding.loose
      later.table.each((cells, at, slice) => {
        loose.add(cells.subarray(at, at + lanes), slice)
      })
      folding = undefined
    },
    expired: (now) => runs.filter(({ slice }) => slice.to < now),
    drop: (gone) => setRuns(without(gone)),
    get size() {
      return inRuns + loose.table.size + (folding?.loose.table.size ?? 0)
    },
    get loose() {
      return loose.table.size
    },
    isLooseExpired: (now) => loose.isExpired(now),
    get bytes() {
      const tables = loose.table.bytes + (folding?.loose.table.bytes ?? 0)
      return runs.reduce((total, { bytes }) => total + bytes, tables)
    },
  }
}

/** The table of those in no run, and which of its slices is the first to expire. */
interface Loose {
  readonly table: FingerprintTable
  add(fingerprint: Fingerprint, slice: number): void
  isExpired(now: number): boolean
}

function createLoose(): Loose {
  const table = createFingerprintTable()
  let first = Number.POSITIVE_INFINITY
  return {
    table,
    add(fingerprint, slice) {
      first = Math.min(first, slice)
      table.add(fingerprint, slice)
    },
    isExpired: (now) => spanOf(first).to < now,
  }
}

/** The fingerprints of each slice, one after the other. */
function bySlice(table: FingerprintTable): ReadonlyMap<number, Int32Array> {
  const counts = new Map<number, number>()
  table.each((_cells, _at, slice) => void counts.set(slice, (counts.get(slice) ?? 0) + 1))
  const filling = new Map([...counts].map(([slice, count]) => [slice, { to: 0, cells: new Int32Array(count * lanes) }]))
  table.each((cells, at, slice) => {
    const one = filling.get(slice)
    if (one === undefined) return
    for (let lane = 0; lane < lanes; lane++) one.cells[one.to++] = cells[at + lane] as number
  })
  return new Map([...filling].map(([slice, { cells }]) => [slice, cells]))
}
