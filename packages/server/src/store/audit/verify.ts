import type { Reader, Store } from '../store.ts'
import {
  type Anchor,
  beginSegment,
  type Head,
  isGenuine,
  isGenuineAnchor,
  isGenuineHead,
  type Seal,
  type SignedHead,
  type TrailRow,
} from './chain.ts'
import { anchorOf, headOf, mostOfASeal, sealsAfter, trailRows } from './seals.ts'

/**
 * A trail as it is read, exported and verified, in this order: where it begins (when entries were deleted), then rows,
 * each thousand with its seal, then the head, which has to be that of the last seal.
 */
export type TrailPart =
  | { readonly anchor: Anchor }
  | { readonly row: TrailRow }
  | { readonly seal: Seal }
  | { readonly head: SignedHead | null }

export interface Verified {
  /** Entries whose seals are right. */
  readonly entries: number
  readonly seals: number
  /** Entries after the last seal: nothing is known of them yet. */
  readonly unsealed: number
  /** When the last deletion because of age or size was; undefined when the trail is whole. */
  readonly deletedAt: number | undefined
  /** Of the last seal; undefined without any. */
  readonly head: Head | undefined
}

/** The trail is not what the server signed. The message says where it begins to differ. */
export class TrailBroken extends Error {
  override readonly name = 'TrailBroken'
}

export interface Expected {
  readonly publicKey: string
  /** A head that was kept elsewhere, which the trail must still contain. */
  readonly head?: Head | undefined
}

/** @throws TrailBroken at the first thing that is not as it was signed */
export async function verifyTrail(
  parts: AsyncIterable<TrailPart> | Iterable<TrailPart>,
  { publicKey, head }: Expected,
): Promise<Verified> {
  let [entries, seals, waiting, lastId] = [0, 0, 0, 0]
  let deletedAt: number | undefined
  let at: Place | undefined
  let end: SignedHead | null | undefined
  let segment = beginSegment(undefined)

  function goOnFrom(place: Place): void {
    if (place.number === head?.number && place.hash !== head.hash) {
      throw new TrailBroken(`Seal ${place.number} is not the one that was kept: entries up to it were replaced.`)
    }
    at = place
    lastId = place.last_id
    segment = beginSegment(place)
    waiting = 0
  }

  for await (const part of parts) {
    if ('row' in part) {
      const { row } = part
      if (row.id <= lastId) throw new TrailBroken(`Entry ${row.id} was added where everything was sealed already.`)
      lastId = row.id
      segment.add(row)
      waiting += 1
    } else if ('anchor' in part) {
      const { anchor } = part
      if (waiting > 0 || !isGenuineAnchor(anchor, publicKey) || anchor.number < (at?.number ?? 0)) {
        throw new TrailBroken('Where the trail begins is not signed by this server: older entries may be missing.')
      }
      if (at === undefined && head !== undefined && head.number < anchor.number) {
        throw new TrailBroken(
          `Seal ${head.number} was deleted with its entries, as too old or too much: keep a newer one.`,
        )
      }
      deletedAt = anchor.deleted_at
      goOnFrom(anchor)
    } else if ('head' in part) {
      end = part.head
    } else {
      const { seal } = part
      check(seal, (at?.number ?? 0) + 1, segment.facts(), publicKey)
      entries += seal.entries
      seals += 1
      goOnFrom(seal)
    }
  }
  if (end === undefined) throw new TrailBroken('This is not a whole trail: what comes last in an export is missing.')
  if (at !== undefined && (end === null || !isGenuineHead(end, publicKey))) {
    throw new TrailBroken('The head of the trail is not signed by this server: its end may be missing.')
  }
  for (const kept of [end, head]) {
    if (kept && kept.number > (at?.number ?? 0)) {
      throw new TrailBroken(`Seal ${kept.number} is not in this trail: its end is missing.`)
    }
  }
  const reached = at === undefined ? undefined : { number: at.number, hash: at.hash }
  return { entries, seals, unsealed: waiting, deletedAt, head: reached }
}

type Place = Pick<Seal, 'number' | 'last_id' | 'hash' | 'total_bytes'>

function check(
  seal: Seal,
  number: number,
  found: ReturnType<ReturnType<typeof beginSegment>['facts']>,
  publicKey: string,
): void {
  if (!isGenuine(seal, publicKey)) throw new TrailBroken(`Seal ${seal.number} is not signed by this server.`)
  if (seal.number !== number) throw new TrailBroken(`Seal ${number} is missing; the next one is ${seal.number}.`)
  const isSame =
    found !== undefined &&
    found.entries === seal.entries &&
    found.first_id === seal.first_id &&
    found.last_id === seal.last_id &&
    found.total_bytes === seal.total_bytes &&
    found.newest_at === seal.newest_at &&
    found.hash === seal.hash
  if (isSame) return
  const counted =
    found?.entries === seal.entries ? 'changed' : `${seal.entries} were sealed, ${found?.entries ?? 0} are there`
  throw new TrailBroken(
    `The entries ${seal.first_id} to ${seal.last_id}, sealed ${new Date(seal.sealed_at).toISOString()}, are not as they were: ${counted}.`,
  )
}

/**
 * The trail of a store. Each thousand is of one state; what is deleted because of its
 * age while it is read shows as another anchor.
 */
export async function* trailParts(store: Pick<Store, 'read'>): AsyncGenerator<TrailPart> {
  let number = 0
  let lastId: number | undefined
  for (;;) {
    const found = await store.read((db) => nextSegment(db, number, lastId))
    if (found.anchor !== undefined && found.anchor.number > number) {
      yield { anchor: found.anchor }
      number = found.anchor.number
    }
    for (const row of found.rows) yield { row }
    if (found.seal === undefined) {
      lastId = found.rows.at(-1)?.id ?? lastId
      if (found.rows.length < mostOfASeal) {
        yield { head: found.head ?? null }
        return
      }
    } else {
      yield { seal: found.seal }
      number = found.seal.number
      lastId = found.seal.last_id
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
}

async function nextSegment(db: Reader, number: number, lastId: number | undefined) {
  const anchor = await anchorOf(db)
  const [seal] = await sealsAfter(db, number, 1)
  // One more than was sealed shows that some were added.
  const size = seal === undefined ? mostOfASeal : seal.entries + 1
  const upTo = seal?.last_id ?? Number.MAX_SAFE_INTEGER
  const head = await headOf(db)
  return { anchor, seal, head, rows: await trailRows(db, { after: lastId, upTo, size }) }
}
