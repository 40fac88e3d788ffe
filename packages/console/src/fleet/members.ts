import type { FleetRow } from './row.ts'

interface Heard {
  readonly rows: readonly FleetRow[]
  readonly complete: boolean
}

interface Counted {
  readonly CcnId: string
  readonly AssociatedCloudBoxCount?: string
}

/** How many members a network has, those of other accounts and those the user may not see included. */
export function memberCount({ AssociatedCloudBoxCount }: Counted): number | undefined {
  return AssociatedCloudBoxCount === undefined ? undefined : Number(AssociatedCloudBoxCount)
}

/** How many members it has that are not among those seen: known only once all of those have come. */
export function unseenCount(network: Counted, seen: number, { complete }: Pick<Heard, 'complete'>): number {
  return complete ? Math.max(0, (memberCount(network) ?? 0) - seen) : 0
}

/** Every member of the network is among the rows; false also while that is not known. */
export function areAllSeen(network: Counted, { rows, complete }: Heard): boolean {
  const seen = rows.filter(({ AssociatedCcnId }) => AssociatedCcnId === network.CcnId).length
  return complete && seen === memberCount(network)
}
