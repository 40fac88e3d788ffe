import type { Reader, Store } from '../store.ts'
import { anchorOf, lastSeal, sealsAfter } from './seals.ts'

export interface TrailLimits {
  /** Entries from before this time are deleted; milliseconds since 1970. */
  readonly before: number
  /** The wall clock. */
  readonly now: number
  /** About how many bytes of disk the trail may take. */
  readonly mostBytes: number
}

export interface TrailSize {
  /** About the bytes of disk the sealed entries take. */
  readonly bytes: number
}

/** The number of the last seal whose entries are to be deleted; 0 for none. */
export interface Overdue {
  readonly byAge: number
  readonly bySize: number
}

/** Seals that are looked at in one unit of work. */
const page = 100

export async function trailSize(db: Reader): Promise<TrailSize> {
  const last = await lastSeal(db)
  const anchor = await anchorOf(db)
  return { bytes: last === undefined ? 0 : last.total_bytes - (anchor?.total_bytes ?? 0) }
}

/**
 * What the limits say has to go, oldest first. The last seal and its entries stay, so that numbers of entries are not
 * given out again.
 *
 * An entry from the future was written while the clock ran ahead. It must not keep what is behind it for as long: when
 * entries after it are old enough, it goes with them.
 */
export async function overdue(store: Pick<Store, 'read'>, limits: TrailLimits): Promise<Overdue> {
  const last = await store.read(lastSeal)
  if (last === undefined) return { byAge: 0, bySize: 0 }
  const found = { byAge: 0, bySize: 0 }
  const anchor = await store.read(anchorOf)
  let [after, gone] = [anchor?.number ?? 0, anchor?.total_bytes ?? 0]
  for (;;) {
    const seals = await store.read((db) => sealsAfter(db, after, page))
    for (const seal of seals) {
      if (seal.number >= last.number) return found
      const isTooMuch = last.total_bytes - gone > limits.mostBytes
      const isOld = seal.newest_at < limits.before
      if (isTooMuch) found.bySize = seal.number
      if (isOld) found.byAge = seal.number
      const isFuture = seal.newest_at > limits.now
      if (!isTooMuch && !isOld && !isFuture) return found
      ;[after, gone] = [seal.number, seal.total_bytes]
    }
    if (seals.length < page) return found
  }
}
