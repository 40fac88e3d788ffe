import { type Cidr, cidrAt, contains, enclosing, networksIn, overlaps } from '@opensag/rules'
import { type FleetRow, titleOf } from './row.ts'

/** What a cell of the map is used for; of several the first in this order is shown. */
export type CellUse = 'overlap' | 'own' | 'snat' | 'other' | 'outside' | 'free' | 'unknown'

export interface Cell {
  readonly block: Cidr
  readonly use: CellUse
  /** Who has it, where it is another instance's. */
  readonly owners: readonly Holder[]
}

/** A block and whose it is. */
export interface Holder {
  readonly id: string
  readonly name: string
  readonly block: Cidr
}

/** The blocks of the other members of the network that an instance is in. */
export function holdersIn(
  rows: readonly FleetRow[],
  own: { readonly id: string; readonly ccnId: string | undefined },
): readonly Holder[] {
  if (own.ccnId === undefined) return []
  return rows
    .filter(({ SmartAGId, AssociatedCcnId }) => SmartAGId !== own.id && AssociatedCcnId === own.ccnId)
    .flatMap((row) => networksIn(row.CidrBlock).map((block) => ({ id: row.SmartAGId, name: titleOf(row), block })))
}

export interface MapFacts {
  readonly own: readonly Cidr[]
  readonly others: readonly Holder[]
  /** The range of the network; empty where there is none. */
  readonly range: readonly Cidr[]
  readonly snat: readonly Cidr[]
  /** Everything that could be there is above: range, SNAT range and the blocks of every member. What is left is free only then. */
  readonly complete: boolean
}

/** One square of 256 cells around some of the own blocks. */
export interface Neighbourhood {
  readonly frame: Cidr
  readonly cells: readonly Cell[]
}

/** The squares in which the own blocks lie, each cell a 256th of its square. */
export function neighbourhoods(facts: MapFacts): readonly Neighbourhood[] {
  const frames = new Map<string, Cidr>()
  for (const block of facts.own) {
    // A block should be a cell of its square or larger, down to the single address.
    const length = Math.max(0, Math.min(block.length, 32) - 8)
    const frame = enclosing(block.first, length)
    if (![...frames.values()].some((known) => contains(known, block) && known.length >= length - 8)) {
      frames.set(frame.cidr, frame)
    }
  }
  // The whole network first, where it is wider than any of these: who else is in it, and where there is room.
  const wide = facts.range.filter((range) => facts.own.some((one) => contains(range, one)) && !frames.has(range.cidr))
  const wider = wide.filter((range) => [...frames.values()].every((frame) => !contains(frame, range)))
  return [...wider, ...[...frames.values()].sort((a, b) => a.first - b.first)].map((frame) => ({
    frame,
    cells: cellsOf(frame, facts),
  }))
}

function cellsOf(frame: Cidr, facts: MapFacts): readonly Cell[] {
  const length = Math.min(32, frame.length + 8)
  const size = 2 ** (32 - length)
  const near = facts.others.filter(({ block }) => overlaps(block, frame))
  return Array.from({ length: 2 ** (length - frame.length) }, (_, index) => {
    const block = cidrAt(frame.first + index * size, length)
    const owners = near.filter((holder) => overlaps(holder.block, block))
    return { block, owners, use: useOf(block, owners, facts) }
  })
}

function useOf(block: Cidr, owners: readonly Holder[], { own, range, snat, complete }: MapFacts): CellUse {
  const mine = own.filter((one) => overlaps(one, block))
  // Two that share a coarse cell need not share an address.
  if (mine.some((one) => owners.some((holder) => overlaps(holder.block, one)))) return 'overlap'
  if (mine.length > 0) return 'own'
  if (snat.some((one) => overlaps(one, block))) return 'snat'
  if (owners.length > 0) return 'other'
  if (range.length > 0 && !range.some((one) => overlaps(one, block))) return 'outside'
  return complete ? 'free' : 'unknown'
}
