import { type Cidr, contains, overlaps, usableAddresses } from '@opensag/rules'
import type { Instance } from './instance.ts'
import { holds } from './snat.ts'
import { supportsLeasedLine, type Vbr } from './vbr.ts'

/** How many blocks `CidrBlock` may have (D: `smartag_quota_subnet_count_per_sag`, 10 unless it was raised). */
export const cidrQuota = 10

/** Where a new `CidrBlock` comes to lie. */
export interface RangeSurroundings {
  readonly instance: Pick<Instance, 'kind' | 'spec' | 'userCount' | 'devices'>
  /** The blocks so far. */
  readonly current: readonly Cidr[]
  /** Service addresses of its devices. */
  readonly serviceAddresses: readonly number[]
  /** Accounts of an App. */
  readonly accounts: number
  /** A new block overlaps one of another instance in the CCN, or of a roaming peer. */
  readonly overlapsAnother: boolean
  readonly ccn: { readonly cidrs: readonly Cidr[]; readonly snatCidrs: readonly Cidr[] } | undefined
  /** An address of an SNAT or DNAT entry lies in a new block. */
  readonly holdsSnatIp: boolean
  /** VBRs in the CEN of the CCN, its own left out, with a route that overlaps a new block. */
  readonly vbrs: readonly Pick<Vbr, 'instanceId'>[]
  /** The instance has a VBR of its own. */
  readonly hasVbr: boolean
}

export type RangeProblem =
  | 'SAG.InvalidCidr'
  | 'SAG.CidrUsedByRoutableAddress'
  | 'SAG.SslConnectionSpecInvalid'
  | 'SAG.IpCountTooLittle'
  | 'SAG.CidrOverlap'
  | 'SAG.CcnCidrNoConfig'
  | 'SAG.InvalidCidr.NoBelongCcnCidr'
  | 'SAG.ConflictCidr.CcnSnatCidr'
  | 'SAG.ConflictSnatIp'
  | 'VbrConflict.ChangeSubnet'
  | 'VbrConflict.CreateBackup'

/**
 * The longest mask of a first block: its DHCP server needs an address for the gateway and one for a terminal besides the
 * two at the ends. The page says only that the first block feeds the server (C).
 */
const longestFirstMask = 30

/** The first reason, in the order of evaluation, why an instance may not have these blocks; undefined: it may. */
export function rangeProblem(cidrs: readonly Cidr[], around: RangeSurroundings): RangeProblem | undefined {
  const { instance, current, ccn } = around
  const uncovered = (address: number): boolean => holds(current, address) && !holds(cidrs, address)
  if (around.serviceAddresses.some(uncovered)) return 'SAG.CidrUsedByRoutableAddress'

  if (instance.kind === 'app') {
    const connections = instance.userCount ?? 0
    if (connections <= 0 || connections < around.accounts) return 'SAG.SslConnectionSpecInvalid'
    if (usableAddresses(cidrs) < connections) return 'SAG.IpCountTooLittle'
  }
  if (around.overlapsAnother) return 'SAG.CidrOverlap'
  // An App serves no DHCP: its addresses are counted above.
  if (instance.kind !== 'app' && cidrs[0] !== undefined && cidrs[0].length > longestFirstMask) return 'SAG.InvalidCidr'

  if (ccn !== undefined) {
    if (ccn.cidrs.length === 0) {
      // A hardware instance in a CCN without a range is allowed: the tutorials do it (S).
      if (instance.kind === 'app') return 'SAG.CcnCidrNoConfig'
    } else if (cidrs.some((cidr) => !ccn.cidrs.some((range) => contains(range, cidr)))) {
      return 'SAG.InvalidCidr.NoBelongCcnCidr'
    }
    if (cidrs.some((cidr) => ccn.snatCidrs.some((range) => overlaps(range, cidr)))) {
      return 'SAG.ConflictCidr.CcnSnatCidr'
    }
  }
  if (around.holdsSnatIp) return 'SAG.ConflictSnatIp'
  return vbrProblem(around)
}

/** An overlap with a leased line is lawful between an instance and the VBR that backs it up; could that be done? */
function vbrProblem({ instance, vbrs, hasVbr }: RangeSurroundings): RangeProblem | undefined {
  if (vbrs.length === 0) return undefined
  const possible = supportsLeasedLine(instance) && !hasVbr && vbrs.every(({ instanceId }) => instanceId === undefined)
  return possible ? 'VbrConflict.CreateBackup' : 'VbrConflict.ChangeSubnet'
}
