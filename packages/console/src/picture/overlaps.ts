import { type Cidr, networksIn } from '@opensag/rules'
import type { FleetRow } from '../fleet/row.ts'
import type { PictureNetwork } from './blocks.ts'

/** A block of addresses and the branch that has it. */
export interface Claim {
  readonly row: FleetRow
  readonly block: Cidr
}

/** Two branches that reach one another have the same addresses: nobody knows to which of them a packet goes. */
export interface Overlap {
  readonly one: Claim
  readonly other: Claim
}

export interface Overlaps {
  readonly found: readonly Overlap[]
  /** There are more; nobody reads that many. */
  readonly more: boolean
}

/** Pairs that are told. */
export const mostOverlaps = 1000

/** Rows or steps after which the page may have its turn. */
const stride = 500

/** A place in a list, behind the bits of an address in one number. */
const placeBits = 20

/**
 * The blocks in the order of their first addresses, each compared with those that have begun and not ended. To be run a slice at
 * a time: it stops for a moment every few hundred steps.
 */
export function* overlapsIn(
  rows: readonly FleetRow[],
  networks: readonly PictureNetwork[],
  most = mostOverlaps,
): Generator<undefined, Overlaps> {
  const known = new Map(networks.map((network) => [network.CcnId, network]))
  const domains = new Map<string, Claim[]>()
  let steps = 0
  for (const row of rows) {
    // Of a network that one may not see it is not known who reaches whom in it.
    const network = known.get(row.AssociatedCcnId ?? '')
    if (network === undefined || row.CidrBlock === undefined) continue
    const domain = network.AssociatedCenId ?? network.CcnId
    const claims = domains.get(domain)
    const own = blocksOf(row).map((block) => ({ row, block }))
    if (claims === undefined) domains.set(domain, own)
    else claims.push(...own)
    steps += 1
    if (steps % stride === 0) yield
  }
  const found: Overlap[] = []
  for (const claims of domains.values()) {
    const active: Claim[] = []
    for (const place of byFirst(claims)) {
      const claim = claims[place] as Claim
      while ((active.at(-1)?.block.last ?? Number.POSITIVE_INFINITY) < claim.block.first) active.pop()
      for (const before of active) {
        steps += 1
        if (steps % stride === 0) yield
        if (before.block.last < claim.block.first || !reachOneAnother(before.row, claim.row, known)) continue
        if (found.length === most) return { found, more: true }
        found.push({ one: before, other: claim })
      }
      active.push(claim)
      steps += 1
      if (steps % stride === 0) yield
    }
  }
  return { found, more: false }
}

/** Both are of the same CEN or network. */
function reachOneAnother(one: FleetRow, other: FleetRow, known: ReadonlyMap<string, PictureNetwork>): boolean {
  if (one === other) return false
  if (one.AssociatedCcnId !== other.AssociatedCcnId) return true
  return known.get(one.AssociatedCcnId ?? '')?.InterworkingStatus !== 'disable'
}

/** Places of the claims. Numbers are sorted many times faster than things are compared, and tens of thousands must not hold up the page. */
function* byFirst(claims: readonly Claim[]): Generator<number> {
  const size = 2 ** placeBits
  const keys = Float64Array.from(claims.slice(0, size), ({ block }, place) => block.first * size + place)
  for (const key of keys.sort()) yield key % size
}

const read = new WeakMap<FleetRow, readonly Cidr[]>()

/** Read once for a row, and gone with it. */
function blocksOf(row: FleetRow): readonly Cidr[] {
  const known = read.get(row)
  if (known !== undefined) return known
  const blocks = networksIn(row.CidrBlock)
  read.set(row, blocks)
  return blocks
}
