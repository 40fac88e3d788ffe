/** Public keys of the server, and how each followed the one before. */
export interface PublicServerKeys {
  readonly present: string
  /** Prepared, and not switched to yet. */
  readonly next: string | undefined
  readonly chain: readonly { readonly by: string; readonly key: string }[]
}

/**
 * How a gateway stands to the server's keys, by what it has pinned: `ready`, nothing is missing; `waiting`, it is told, or
 * follows the chain, when it connects; `unknown`, it has not said what it pinned, so its program may know no successors;
 * `other`, it holds a key that this server does not have, and has to enrol again.
 */
export type Following = 'ready' | 'waiting' | 'unknown' | 'other'

export function followingOf(
  { present, next, chain }: PublicServerKeys,
  pinned: { readonly key: string | null; readonly successor: string | null },
): Following {
  if (pinned.key === null) return 'unknown'
  // The server was restored from before its switch: the switch brings this gateway back.
  if (pinned.key === next) return 'ready'
  if (pinned.key === present) {
    if (pinned.successor === null) return next === undefined ? 'ready' : 'waiting'
    return pinned.successor === next ? 'ready' : 'other'
  }
  const follower = chain.find(({ by }) => by === pinned.key)
  if (follower === undefined) return 'other'
  return pinned.successor === null || pinned.successor === follower.key ? 'waiting' : 'other'
}
