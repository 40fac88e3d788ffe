import type { Cidr } from '@opensag/rules'

/** A pattern of prefixes: of those that contain it or lie in it, the ones whose lengths are in the range. */
export interface Pattern {
  readonly network: Cidr
  readonly low: number
  readonly high: number
}

/**
 * For each network of a list: it, all parts of it, and what contains it as far as that reaches into no other one of the list.
 * In the order of the list. Takes n log n, for thousands of members.
 */
export function ownRanges(all: readonly Cidr[], isSameOwner: (a: number, b: number) => boolean): readonly Pattern[] {
  const sorted = all.map((network, index) => ({ network, index })).sort((a, b) => a.network.first - b.network.first)
  const patterns: Pattern[] = []
  for (const [at, { network, index }] of sorted.entries()) {
    // What is nearest has the most bits in common, so the next of another owner on each side decides.
    const before = nearest(at, -1)
    const after = nearest(at, 1)
    patterns[index] = { network, low: Math.min(Math.max(before, after) + 1, network.length), high: 32 }

    function nearest(from: number, step: 1 | -1): number {
      for (let i = from + step; ; i += step) {
        const other = sorted[i]
        if (other === undefined) return -1
        if (!isSameOwner(index, other.index)) return commonLength(network, other.network)
      }
    }
  }
  return patterns
}

/** How many bits two networks begin with in common, at most the length of the shorter one. */
function commonLength(a: Cidr, b: Cidr): number {
  return Math.min(Math.clz32(a.first ^ b.first), a.length, b.length)
}
