import type { TimeSpan } from './time-spans.ts'

/** Nonces that expire within the same so many milliseconds are forgotten together. */
export const sliceMs = 2 * 60_000

/** Where the slice of an expiry begins and ends, both included. */
export function sliceOf(expiresAt: number): TimeSpan {
  const from = Math.floor(expiresAt / sliceMs) * sliceMs
  return { from, to: from + sliceMs - 1 }
}

export interface NonceSet {
  /** @returns false when it was there already, in whichever slice */
  add(hash: string, expiresAt: number): boolean
  /** The slices in which everything has expired by `now`. */
  expired(now: number): readonly TimeSpan[]
  drop(slice: TimeSpan): void
  readonly size: number
  /** What the fingerprints take up. */
  readonly bytes: number
}

/**
 * Used nonces as fingerprints of 16 bytes, in tables without an object or a string per nonce: 20 to 40 bytes each,
 * whatever their number. A slice goes as a whole, so nothing is looked for to forget it. Each slice has many small tables
 * that grow one by one: to double a single one of a million entries stopped the server for half a second.
 */
export function createNonceSet(): NonceSet {
  const slices = new Map<number, FingerprintTable>()
  const fingerprint = new Int32Array(lanes)

  return {
    add(hash, expiresAt) {
      read(hash, fingerprint)
      for (const table of slices.values()) if (table.has(fingerprint)) return false
      const { from } = sliceOf(expiresAt)
      let table = slices.get(from)
      if (table === undefined) {
        table = createParts()
        slices.set(from, table)
      }
      table.add(fingerprint)
      return true
    },
    expired: (now) => [...slices.keys()].map(sliceOf).filter(({ to }) => to < now),
    drop: ({ from }) => void slices.delete(from),
    get size() {
      return sum(slices, (table) => table.size)
    },
    get bytes() {
      return sum(slices, (table) => table.bytes)
    },
  }
}

function sum(slices: ReadonlyMap<number, FingerprintTable>, of: (table: FingerprintTable) => number): number {
  let total = 0
  for (const table of slices.values()) total += of(table)
  return total
}

/** 32-bit numbers of one fingerprint; the last one is never 0, which marks a free place. */
const lanes = 4
const firstPlaces = 8
/** Tables of a slice. */
export const partCount = 64

interface FingerprintTable {
  has(fingerprint: Int32Array): boolean
  add(fingerprint: Int32Array): void
  readonly size: number
  readonly bytes: number
}

/** Tables side by side; a part of the fingerprint that has no say in its place there tells which it is in. */
function createParts(): FingerprintTable {
  const parts = Array.from({ length: partCount }, createTable)
  const partOf = (fingerprint: Int32Array): FingerprintTable =>
    parts[(fingerprint[1] as number) & (partCount - 1)] as FingerprintTable
  return {
    has: (fingerprint) => partOf(fingerprint).has(fingerprint),
    add: (fingerprint) => partOf(fingerprint).add(fingerprint),
    get size() {
      return parts.reduce((total, { size }) => total + size, 0)
    },
    get bytes() {
      return parts.reduce((total, { bytes }) => total + bytes, 0)
    },
  }
}

/** Open addressing with linear probing, at most four fifths full. */
function createTable(): FingerprintTable {
  let places = firstPlaces
  let cells = new Int32Array(places * lanes)
  let size = 0

  /** Where it is, or the free place it belongs to. */
  function placeOf(fingerprint: Int32Array): number {
    const [a, b, c, d] = fingerprint as unknown as readonly [number, number, number, number]
    for (let place = a & (places - 1); ; place = (place + 1) & (places - 1)) {
      const at = place * lanes
      if (cells[at + 3] === 0) return at
      if (cells[at] === a && cells[at + 1] === b && cells[at + 2] === c && cells[at + 3] === d) return at
    }
  }

  function grow(): void {
    const old = cells
    places *= 2
    cells = new Int32Array(places * lanes)
    for (let at = 0; at < old.length; at += lanes) {
      if (old[at + 3] === 0) continue
      const one = old.subarray(at, at + lanes)
      cells.set(one, placeOf(one))
    }
  }

  return {
    has: (fingerprint) => cells[placeOf(fingerprint) + 3] !== 0,
    add(fingerprint) {
      const at = placeOf(fingerprint)
      if (cells[at + 3] !== 0) return
      cells.set(fingerprint, at)
      size++
      if (size * 5 > places * 4) grow()
    },
    get size() {
      return size
    },
    get bytes() {
      return cells.byteLength
    },
  }
}

const digest = Buffer.alloc(lanes * 4)

/** Of the hash that is stored: its first 128 bits. */
function read(hash: string, fingerprint: Int32Array): void {
  digest.fill(0)
  digest.write(hash, 'base64url')
  for (let lane = 0; lane < lanes; lane++) fingerprint[lane] = digest.readInt32LE(lane * 4)
  if (fingerprint[lanes - 1] === 0) fingerprint[lanes - 1] = 1
}
