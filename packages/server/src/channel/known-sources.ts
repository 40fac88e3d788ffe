/** Addresses that gateways came from. */
export interface KnownSources {
  has(source: string): boolean
  /** A gateway that proved itself came from there. */
  add(source: string): void
  readonly size: number
}

/** The addresses of many branches, in a few megabytes. */
export const mostSources = 20_000

/** @param before as they were remembered, the newest last */
export function createKnownSources(before: Iterable<string> = []): KnownSources {
  const known = new Set<string>()

  function add(source: string): void {
    known.delete(source)
    known.add(source)
    if (known.size <= mostSources) return
    const [oldest] = known
    if (oldest !== undefined) known.delete(oldest)
  }
  for (const source of before) add(source)

  return {
    has: (source) => known.has(source),
    add,
    get size() {
      return known.size
    },
  }
}
