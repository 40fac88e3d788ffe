import { type Cidr, contains, parseCidrList } from '@opensag/rules'

/** A Cloud Connect Network: the isolated domain its member instances meet in. */
export interface Ccn {
  readonly id: string
  readonly accountId: string
  readonly regionId: string
  readonly name: string | undefined
  readonly description: string | undefined
  /** The range its members must come from; empty when it has none. */
  readonly cidrs: readonly Cidr[]
  /** Addresses private SNAT hides branches behind; inside the range. */
  readonly snatCidrs: readonly Cidr[]
  /** Whether its members may talk to each other. */
  readonly interworking: 'enable' | 'disable'
  /** A mark that its owner set when it was created; nothing follows from it (C). */
  readonly isDefault: boolean
  /** The CEN it is attached to, and whose that is. */
  readonly cenId: string | undefined
  readonly cenOwnerId: string | undefined
  readonly subnet: string | undefined
  readonly resourceGroupId?: string | undefined
  readonly createdAt: number
}

/** How many CCNs an account has at most (D). */
export const ccnLimit = 10

/** How many blocks the range of a CCN has at most (D); its SNAT range likewise (C). */
export const blockLimit = 5

const rangeMask = { shortest: 8, longest: 24 }
const snatMask = { shortest: 8, longest: 30 }

/** The range of a CCN: blocks with a mask of 8–24 bits that do not overlap (D). */
export function parseRange(text: string): readonly Cidr[] | 'empty' | 'invalid' | 'tooMany' {
  const blocks = parseCidrList(text)
  if (blocks === 'empty') return 'empty'
  if (typeof blocks === 'string' || !allHaveMask(blocks, rangeMask)) return 'invalid'
  return blocks.length > blockLimit ? 'tooMany' : blocks
}

/** The SNAT range: blocks with a mask of 8–30 bits (D). Whether it lies in the range is for {@link isInside} to say. */
export function parseSnatRange(text: string): readonly Cidr[] | 'empty' | 'invalid' | 'conflict' {
  const blocks = parseCidrList(text)
  if (blocks === 'empty' || blocks === 'conflict') return blocks
  if (typeof blocks === 'string' || !allHaveMask(blocks, snatMask)) return 'invalid'
  return blocks.length > blockLimit ? 'invalid' : blocks
}

function allHaveMask(blocks: readonly Cidr[], mask: { readonly shortest: number; readonly longest: number }): boolean {
  return blocks.every(({ length }) => length >= mask.shortest && length <= mask.longest)
}

/** Every block lies whole in one block of the other list. */
export function isInside(blocks: readonly Cidr[], range: readonly Cidr[]): boolean {
  return blocks.every((block) => range.some((outer) => contains(outer, block)))
}

/** Addresses that follow each other. */
export interface Span {
  readonly first: number
  readonly last: number
}

/** The addresses that are in `before` and not in `after`, in order. */
export function removedSpans(before: readonly Span[], after: readonly Span[]): readonly Span[] {
  const removed: Span[] = []
  const kept = [...after].sort((a, b) => a.first - b.first)
  for (const { first, last } of [...before].sort((a, b) => a.first - b.first)) {
    let next = first
    for (const keep of kept) {
      if (keep.last < next || keep.first > last) continue
      if (keep.first > next) removed.push({ first: next, last: keep.first - 1 })
      next = keep.last + 1
    }
    if (next <= last) removed.push({ first: next, last })
  }
  return removed
}
