import { isSame } from './fingerprint-table.ts'
import { type Fingerprint, lanes } from './fingerprints.ts'

/** Fingerprints that change no more, one after the other, in the order of their buckets. */
export interface FingerprintRun {
  has(fingerprint: Fingerprint): boolean
  readonly cells: Int32Array
  readonly size: number
  /** What it takes up in memory: 17 to 18 for each. */
  readonly bytes: number
}

/** A bucket has about so many of them, and up to twice as many. */
const inBucket = 8
/** Bits of the filter for each bucket, as a power of two: 4 to 8 for each fingerprint. */
const filterBits = 6

/**
 * A run of these fingerprints. The bucket of one is the first bits of its hash, so a bucket lies together, and all that is
 * needed beside the fingerprints is where each begins: nothing is sorted when one is read from disk. A filter of bits keeps
 * most that are not in it from being looked for among the fingerprints, which are too many for a processor's cache.
 * @param cells used as they are when they are in order, as those of a run are
 */
export function createRun(cells: Int32Array): FingerprintRun {
  const size = cells.length / lanes
  const bits = Math.max(0, 31 - Math.clz32(size) - Math.log2(inBucket))
  const { starts, inOrder } = startsOf(cells, bits)
  const ordered = inOrder ? cells : putInOrder(cells, starts, bits)
  const filter = filterOf(ordered, bits + filterBits)
  return {
    has(fingerprint) {
      const bit = bucketOf(fingerprint[1] as number, bits + filterBits)
      if (((filter[bit >>> 3] as number) & (1 << (bit & 7))) === 0) return false
      const bucket = bucketOf(fingerprint[0] as number, bits)
      const end = (starts[bucket + 1] as number) * lanes
      for (let at = (starts[bucket] as number) * lanes; at < end; at += lanes) {
        if (isSame(ordered, at, fingerprint, 0)) return true
      }
      return false
    },
    cells: ordered,
    size,
    bytes: ordered.byteLength + starts.byteLength + filter.byteLength,
  }
}

/** The first bits of a number; a shift by 32 would be none. */
function bucketOf(first: number, bits: number): number {
  return bits === 0 ? 0 : first >>> (32 - bits)
}

/** Where each bucket begins, and at last where the last one ends; and whether they lie in this order already. */
function startsOf(cells: Int32Array, bits: number): { readonly starts: Uint32Array; readonly inOrder: boolean } {
  const starts = new Uint32Array((1 << bits) + 1)
  let [last, inOrder] = [0, true]
  for (let at = 0; at < cells.length; at += lanes) {
    const bucket = bucketOf(cells[at] as number, bits)
    if (bucket < last) inOrder = false
    last = bucket
    starts[bucket + 1] = (starts[bucket + 1] as number) + 1
  }
  for (let bucket = 1; bucket < starts.length; bucket++) {
    starts[bucket] = (starts[bucket] as number) + (starts[bucket - 1] as number)
  }
  return { starts, inOrder }
}

/** A bit for each, by lane 1. */
function filterOf(cells: Int32Array, bits: number): Uint8Array {
  const filter = new Uint8Array(2 ** (bits - 3))
  for (let at = 1; at < cells.length; at += lanes) {
    const bit = bucketOf(cells[at] as number, bits)
    filter[bit >>> 3] = (filter[bit >>> 3] as number) | (1 << (bit & 7))
  }
  return filter
}

function putInOrder(cells: Int32Array, starts: Uint32Array, bits: number): Int32Array {
  const ordered = new Int32Array(cells.length)
  const next = starts.slice()
  for (let at = 0; at < cells.length; at += lanes) {
    const bucket = bucketOf(cells[at] as number, bits)
    const to = (next[bucket] as number) * lanes
    next[bucket] = (next[bucket] as number) + 1
    for (let lane = 0; lane < lanes; lane++) ordered[to + lane] = cells[at + lane] as number
  }
  return ordered
}
