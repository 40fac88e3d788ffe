import { type Cidr, contains, overlaps, reservedRanges } from '@opensag/rules'

/** Private source NAT: a range of the branch leaves toward the CCN as one address, which hides it. */
export interface SnatEntry {
  readonly id: string
  readonly instanceId: string
  readonly cidr: Cidr
  readonly snatIp: number
  readonly createdAt: number
}

/** Entries one instance may have (C; that there is a limit is D). */
export const snatEntryLimit = 20

/** An entry as `ModifySmartAccessGateway` asks for it. */
export interface WantedSnat {
  readonly cidr: Cidr
  /** Undefined: one is allocated. */
  readonly snatIp: number | undefined
}

export type EntryProblem = 'SAG.InvalidSnatIp' | 'CCN.SnatCidrConflict' | 'SAG.ConflictSnatIp'

export type SnatProblem = 'CCN.CidrEmpty' | 'CCN.SnatCidrNoConfig' | EntryProblem

/** Where entries come to lie. */
export interface SnatPlace {
  /** The CCN the instance is in, or comes into. */
  readonly ccn: { readonly cidrs: readonly Cidr[]; readonly snatCidrs: readonly Cidr[] } | undefined
  /** Addresses of other members of the CCN: of their SNAT and DNAT entries, or in a block. */
  readonly taken: ReadonlySet<number>
  /** The blocks of the instance after the call. */
  readonly cidrs: readonly Cidr[]
}

/**
 * The first reason, in the order of evaluation, why an instance may not have these entries; undefined: it may. The same
 * for every operation that makes entries or brings them into a CCN: what one of them accepted, another one must not refuse.
 *
 * An address has to lie in the SNAT range of the CCN where that has one (S). Without a range, and outside of a CCN, it may
 * be any that a branch may have and no member of the CCN has (C).
 */
export function entryProblem(
  entries: readonly WantedSnat[],
  { ccn, taken, cidrs }: SnatPlace,
): EntryProblem | undefined {
  const ranges = ccn?.snatCidrs ?? []
  const addresses = entries.flatMap(({ snatIp }) => (snatIp === undefined ? [] : [snatIp]))
  const isOutside = (address: number): boolean => ranges.length > 0 && !holds(ranges, address)
  if (addresses.some((address) => holds(reservedRanges, address) || isOutside(address))) return 'SAG.InvalidSnatIp'
  if (entries.some(({ cidr }) => ranges.some((range) => overlaps(range, cidr)))) return 'CCN.SnatCidrConflict'
  if (addresses.some((address) => taken.has(address) || holds(cidrs, address))) return 'SAG.ConflictSnatIp'
  return undefined
}

export interface SnatSurroundings extends SnatPlace {
  readonly ccn: NonNullable<SnatPlace['ccn']>
  /** What the instance has; its entries are replaced, but a range keeps the address it was given. */
  readonly current: readonly SnatEntry[]
}

export interface PlacedSnat {
  readonly cidr: Cidr
  readonly snatIp: number
}

/** The entries with their addresses, or the first problem in the order of evaluation (§ 5.4, 33a–e). */
export function placeSnat(
  wanted: readonly WantedSnat[],
  around: SnatSurroundings,
): readonly PlacedSnat[] | SnatProblem {
  const { ccn, taken, current, cidrs } = around
  if (ccn.cidrs.length === 0) return 'CCN.CidrEmpty'
  if (ccn.snatCidrs.length === 0) return 'CCN.SnatCidrNoConfig'
  const problem = entryProblem(wanted, around)
  if (problem !== undefined) return problem

  const used = new Set(taken)
  for (const { snatIp } of wanted) {
    if (snatIp === undefined) continue
    // Two entries of one call.
    if (used.has(snatIp)) return 'SAG.ConflictSnatIp'
    used.add(snatIp)
  }
  // Addresses that stay are settled before free ones are looked for.
  const settled = wanted.map(({ cidr, snatIp }) => {
    const address = snatIp ?? kept(current, cidr, ccn.snatCidrs, used)
    if (address !== undefined) used.add(address)
    return { cidr, address }
  })
  const placed: PlacedSnat[] = []
  for (const { cidr, address } of settled) {
    const snatIp = address ?? firstFree(ccn.snatCidrs, cidrs, used)
    // Every address of the range is in use, so whichever it got would be another's (C).
    if (snatIp === undefined) return 'SAG.ConflictSnatIp'
    used.add(snatIp)
    placed.push({ cidr, snatIp })
  }
  return placed
}

/** Whether an address lies in one of the networks. */
export function holds(cidrs: readonly Cidr[], address: number): boolean {
  return cidrs.some(({ first, last }) => first <= address && address <= last)
}

function kept(
  current: readonly SnatEntry[],
  cidr: Cidr,
  ranges: readonly Cidr[],
  used: ReadonlySet<number>,
): number | undefined {
  const before = current.find((entry) => contains(entry.cidr, cidr) && contains(cidr, entry.cidr))
  if (before === undefined || used.has(before.snatIp) || !holds(ranges, before.snatIp)) return undefined
  return before.snatIp
}

/** The lowest address of a range nobody uses, its first and last one left alone. */
function firstFree(ranges: readonly Cidr[], cidrs: readonly Cidr[], used: ReadonlySet<number>): number | undefined {
  for (const { first, last } of ranges) {
    for (let address = first + 1; address < last; address += 1) {
      const own = cidrs.find((cidr) => holds([cidr], address))
      if (own !== undefined) address = own.last
      else if (!used.has(address)) return address
    }
  }
  return undefined
}
