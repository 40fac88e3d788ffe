import type { WallClock } from '@opensag/protocol'

/** A count that walks the whole fleet: one walk at a time, and its result counts for a while. */
export function keptCount(
  walk: () => Promise<number>,
  { everyMs, wallClock }: { readonly everyMs: number; readonly wallClock: WallClock },
): () => Promise<number> {
  let last: { readonly at: number; readonly count: Promise<number> } | undefined
  return () => {
    const now = wallClock()
    // A clock that went back does not keep a count for ever.
    if (last !== undefined && now >= last.at && now < last.at + everyMs) return last.count
    const count = walk()
    const made = { at: now, count }
    last = made
    // One that failed is not kept.
    count.catch(() => {
      if (last === made) last = undefined
    })
    return count
  }
}
