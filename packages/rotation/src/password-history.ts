/** One former or present password of a gateway, as a salted hash of it. */
export interface FormerPassword {
  /** Which gateway: see `keyOf`. */
  readonly gateway: string
  /** The rotation that set it. */
  readonly rotation: string
  readonly salt: string
  readonly hash: string
}

export const longestHistory = 24

/** The newest entries of each gateway, at most `most` of each, in the order they were made. */
export function newestOf<E extends Pick<FormerPassword, 'gateway'>>(entries: readonly E[], most: number): readonly E[] {
  const counts = new Map<string, number>()
  const kept: E[] = []
  for (const entry of entries.toReversed()) {
    const count = (counts.get(entry.gateway) ?? 0) + 1
    counts.set(entry.gateway, count)
    if (count <= most) kept.push(entry)
  }
  return kept.reverse()
}

/** What a new password of each gateway must differ from: those a rotation itself has made do not stand in its own way. */
export function historyFor(
  entries: readonly FormerPassword[],
  { rotation, history }: { readonly rotation: string | undefined; readonly history: number },
): ReadonlyMap<string, readonly FormerPassword[]> {
  const others = entries.filter((entry) => entry.rotation !== rotation)
  const byGateway = new Map<string, FormerPassword[]>()
  for (const entry of newestOf(others, history)) {
    const known = byGateway.get(entry.gateway)
    if (known === undefined) byGateway.set(entry.gateway, [entry])
    else known.push(entry)
  }
  return byGateway
}
