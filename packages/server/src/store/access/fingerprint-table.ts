import { type Fingerprint, lanes } from './fingerprints.ts'

/** A place of a table: a fingerprint, and a number kept with it. */
const width = lanes + 1
const firstPlaces = 8
/** Small tables of one table. */
export const partCount = 64

export interface FingerprintTable {
  has(fingerprint: Fingerprint): boolean
  /** Keeps it with its number, unless it is there. */
  add(fingerprint: Fingerprint, tag: number): void
  /** @param visit is given the array that the fingerprint is in, and where it begins there */
  each(visit: (cells: Int32Array, at: number, tag: number) => void): void
  readonly size: number
  readonly bytes: number
}

/**
 * Fingerprints without an object or a string each. Many small tables side by side grow one by one: to double a single one
 * of a million entries would stop the server for half a second. The number of lane 1 tells which of them; it has no say in
 * the place there.
 */
export function createFingerprintTable(): FingerprintTable {
  const parts = Array.from({ length: partCount }, createPart)
  const partOf = (fingerprint: Fingerprint): Part => parts[(fingerprint[1] as number) & (partCount - 1)] as Part
  let size = 0
  return {
    has: (fingerprint) => partOf(fingerprint).has(fingerprint),
    add(fingerprint, tag) {
      if (partOf(fingerprint).add(fingerprint, tag)) size++
    },
    each(visit) {
      for (const part of parts) part.each(visit)
    },
    get size() {
      return size
    },
    get bytes() {
      return parts.reduce((total, part) => total + part.bytes(), 0)
    },
  }
}

interface Part {
  has(fingerprint: Fingerprint): boolean
  add(fingerprint: Fingerprint, tag: number): boolean
  each(visit: (cells: Int32Array, at: number, tag: number) => void): void
  bytes(): number
}

/** Open addressing with linear probing, at most four fifths full. */
function createPart(): Part {
  let places = firstPlaces
  let cells = new Int32Array(places * width)
  let size = 0

  /** Where the fingerprint that begins at `from` is, or the free place it belongs to. */
  function placeOf(given: Int32Array, from: number): number {
    const a = given[from] as number
    for (let place = a & (places - 1); ; place = (place + 1) & (places - 1)) {
      const at = place * width
      if (cells[at + lanes - 1] === 0 || isSame(cells, at, given, from)) return at
    }
  }

  function grow(): void {
    const old = cells
    places *= 2
    cells = new Int32Array(places * width)
    for (let at = 0; at < old.length; at += width) {
      if (old[at + lanes - 1] === 0) continue
      const to = placeOf(old, at)
      // Number by number: a view of five of them costs more than they do.
      for (let lane = 0; lane < width; lane++) cells[to + lane] = old[at + lane] as number
    }
  }

  return {
    has: (fingerprint) => cells[placeOf(fingerprint, 0) + lanes - 1] !== 0,
    add(fingerprint, tag) {
      const at = placeOf(fingerprint, 0)
      if (cells[at + lanes - 1] !== 0) return false
      for (let lane = 0; lane < lanes; lane++) cells[at + lane] = fingerprint[lane] as number
      cells[at + lanes] = tag
      size++
      if (size * 5 > places * 4) grow()
      return true
    },
    each(visit) {
      for (let at = 0; at < cells.length; at += width) {
        if (cells[at + lanes - 1] !== 0) visit(cells, at, cells[at + lanes] as number)
      }
    },
    bytes: () => cells.byteLength,
  }
}

/** Whether the fingerprints that begin there are the same. */
export function isSame(cells: Int32Array, at: number, others: Int32Array, from: number): boolean {
  return (
    cells[at] === others[from] &&
    cells[at + 1] === others[from + 1] &&
    cells[at + 2] === others[from + 2] &&
    cells[at + 3] === others[from + 3]
  )
}
