import { type Cidr, contains, overlaps } from '@opensag/rules'

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

export type SnatProblem =
  | 'CCN.CidrEmpty'
  | 'CCN.SnatCidrNoConfig'
  | 'SAG.InvalidSnatIp'
  | 'CCN.SnatCidrConflict'
  | 'SAG.ConflictSnatIp'

export interface SnatSurroundings {
  readonly ccn: { readonly cidrs: readonly Cidr[]; readonly snatCidrs: readonly Cidr[] }
  /** SNAT addresses other instances of the CCN use, within its SNAT range. */
  readonly taken: ReadonlySet<number>
  /** What the instance has; its entries are replaced, but a range keeps the address it was given. */
  readonly current: readonly SnatEntry[]
  /** The blocks of the instance after the call. */
  readonly cidrs: readonly Cidr[]
}

export interface PlacedSnat {
  readonly cidr: Cidr
  readonly snatIp: number
}

/** The entries with their addresses, or the first problem in the order of evaluation (§ 5.4, 33a–e). */
export function placeSnat(
  wanted: readonly WantedSnat[],
  { ccn, taken, current, cidrs }: SnatSurroundings,
): readonly PlacedSnat[] | SnatProblem {
  if (ccn.cidrs.length === 0) return 'CCN.CidrEmpty'
  if (ccn.snatCidrs.length === 0) return 'CCN.SnatCidrNoConfig'
  if (wanted.some(({ snatIp }) => snatIp !== undefined && !holds(ccn.snatCidrs, snatIp))) return 'SAG.InvalidSnatIp'
  if (wanted.some(({ cidr }) => ccn.snatCidrs.some((range) => overlaps(range, cidr)))) return 'CCN.SnatCidrConflict'

  const used = new Set(taken)
  for (const { snatIp } of wanted) {
    if (snatIp === undefined) continue
    if (used.has(snatIp) || holds(cidrs, snatIp)) return 'SAG.ConflictSnatIp'
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
