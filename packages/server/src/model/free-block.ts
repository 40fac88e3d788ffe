import { type Cidr, cidrAt } from '@opensag/rules'
import type { Span } from './ccn.ts'

/** Where a branch is offered addresses when its network has no range (RFC 1918), in this order. */
export const privateRanges: readonly Cidr[] = [
  cidrAt(10 * 2 ** 24, 8),
  cidrAt(172 * 2 ** 24 + 16 * 2 ** 16, 12),
  cidrAt(192 * 2 ** 24 + 168 * 2 ** 16, 16),
]

/** The first network of that length in the ranges, in their order, that has no taken address; undefined: there is none. */
export function freeBlock(ranges: readonly Cidr[], length: number, taken: readonly Span[]): Cidr | undefined {
  const size = 2 ** (32 - length)
  const inOrder = [...taken].sort((one, other) => one.first - other.first)
  for (const range of ranges) {
    let first = range.first
    for (const span of inOrder) {
      if (span.first > first + size - 1) break
      if (span.last >= first) first = Math.floor(span.last / size + 1) * size
    }
    if (range.length <= length && first + size - 1 <= range.last) return cidrAt(first, length)
  }
  return undefined
}
