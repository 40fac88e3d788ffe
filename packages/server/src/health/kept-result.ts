import type { WallClock } from '@opensag/protocol'

/** What a long walk found counts for a while, and there is one walk at a time. */
export function keptResult<T>(
  walk: () => Promise<T>,
  { everyMs, wallClock }: { readonly everyMs: number; readonly wallClock: WallClock },
): () => Promise<T> {
  let last: { readonly at: number; readonly result: Promise<T> } | undefined
  return () => {
    const now = wallClock()
    // A clock that went back does not keep a result for ever.
    if (last !== undefined && now >= last.at && now < last.at + everyMs) return last.result
    const result = walk()
    const made = { at: now, result }
    last = made
    // One that failed is not kept.
    result.catch(() => {
      if (last === made) last = undefined
    })
    return result
  }
}
