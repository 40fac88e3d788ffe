import { contains, networksIn, overlaps } from '@opensag/rules'
import type { FleetRow } from '../fleet/row.ts'

/** What of a network decides who gets in. */
export interface ChosenNetwork {
  readonly id: string
  readonly name: string
  readonly regionId: string
  readonly range: string | undefined
  readonly snat: string | undefined
}

/** Not ordered, delivered and switched on yet. */
const notBegun: ReadonlySet<string> = new Set(['Ordered', 'Delivered', 'Received', 'Returning'])

export type AgainstNetwork = 'member' | 'elsewhere' | 'bound' | 'notBegun' | 'overdue' | 'outside' | 'taken'

/**
 * Why each of these cannot get into a network, as far as it can be seen here; the API has the last word. Of two that have the
 * same block the first one gets in.
 */
export function againstNetwork(
  rows: readonly FleetRow[],
  network: ChosenNetwork | undefined,
  fleet: readonly FleetRow[],
): ReadonlyMap<string, AgainstNetwork> {
  const found = new Map<string, AgainstNetwork>()
  const range = networksIn(network?.range)
  const taken = [
    ...networksIn(network?.snat),
    ...fleet
      .filter(({ AssociatedCcnId }) => network !== undefined && AssociatedCcnId === network.id)
      .flatMap(({ CidrBlock }) => networksIn(CidrBlock)),
  ]
  for (const row of rows) {
    const blocks = networksIn(row.CidrBlock)
    const against =
      againstMember(row, network) ??
      (range.length > 0 && !blocks.every((block) => range.some((outer) => contains(outer, block)))
        ? 'outside'
        : blocks.some((block) => taken.some((other) => overlaps(other, block)))
          ? 'taken'
          : undefined)
    if (against === undefined) {
      // Without a network nothing is known of who is in each other's way.
      if (network !== undefined) taken.push(...blocks)
    } else found.set(row.SmartAGId, against)
  }
  return found
}

/** The same of one, as far as its addresses do not say it. */
export function againstMember(row: FleetRow, network: ChosenNetwork | undefined): AgainstNetwork | undefined {
  if (network !== undefined && row.AssociatedCcnId === network.id) return 'member'
  if (row.AssociatedCcnId !== undefined) return 'bound'
  if (network !== undefined && row.RegionId !== network.regionId) return 'elsewhere'
  if (notBegun.has(row.Status)) return 'notBegun'
  return row.BusinessState === 'Arrearage' ? 'overdue' : undefined
}
