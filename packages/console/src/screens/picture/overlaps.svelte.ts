import type { FleetRow } from '../../fleet/row.ts'
import type { PictureNetwork } from '../../picture/blocks.ts'
import { type Overlap, type Overlaps, overlapsIn } from '../../picture/overlaps.ts'
import { inSlices } from '../../picture/slices.ts'

interface Facts {
  readonly all: readonly FleetRow[]
  readonly networks: readonly PictureNetwork[]
}

export interface WatchedOverlaps {
  readonly more: boolean
  /** Gateways that have one. */
  readonly gateways: ReadonlySet<string>
  /** Those of a network; without one, all. */
  of(network: string | undefined): readonly Overlap[]
  count(network: string): number
  between(one: string, other: string): number
}

/**
 * The overlaps of the fleet, looked for a slice at a time whenever it changes; the former ones stay until then. Of a part that is
 * shown those with a branch in it. For the initialisation of a component.
 */
export function watchOverlaps(facts: () => Facts, part: () => readonly FleetRow[] | undefined): WatchedOverlaps {
  let found = $state.raw<Overlaps>({ found: [], more: false })
  $effect(() => {
    const { all, networks } = facts()
    return inSlices(overlapsIn(all, networks), (overlaps) => {
      found = overlaps
    })
  })
  const shown = $derived.by(() => {
    const rows = part()
    if (rows === undefined || found.found.length === 0) return found.found
    const ids = new Set(rows.map(({ SmartAGId }) => SmartAGId))
    return found.found.filter(({ one, other }) => ids.has(one.row.SmartAGId) || ids.has(other.row.SmartAGId))
  })
  const byNetwork = $derived(indexed(shown))
  const gateways = $derived(new Set(shown.flatMap(({ one, other }) => [one.row.SmartAGId, other.row.SmartAGId])))
  const of = (network: string | undefined): readonly Overlap[] =>
    network === undefined ? shown : (byNetwork.get(network) ?? [])
  return {
    get more() {
      return found.more
    },
    get gateways() {
      return gateways
    },
    of,
    count: (network) => of(network).length,
    between: (one, other) => of(one).filter((overlap) => networksOf(overlap).has(other)).length,
  }
}

function networksOf({ one, other }: Overlap): ReadonlySet<string> {
  return new Set([one.row.AssociatedCcnId ?? '', other.row.AssociatedCcnId ?? ''])
}

function indexed(overlaps: readonly Overlap[]): ReadonlyMap<string, readonly Overlap[]> {
  const index = new Map<string, Overlap[]>()
  for (const overlap of overlaps) {
    for (const network of networksOf(overlap)) {
      const known = index.get(network)
      if (known === undefined) index.set(network, [overlap])
      else known.push(overlap)
    }
  }
  return index
}
