import { unseenCount } from '../fleet/members.ts'
import { type FleetRow, membersByNetwork } from '../fleet/row.ts'
import { gatewaysIn, type PictureNetwork } from './blocks.ts'

/** Whom a network reaches. */
export interface Reach {
  /** The CEN that it is attached to; without one it reaches no other network. */
  readonly cenId: string | undefined
  /** The other networks that are attached to it, in the order of the list. Those of other accounts are not known. */
  readonly others: readonly PictureNetwork[]
  /** Gateways in those, as far as one sees them. */
  readonly gateways: number
  /** Members of those that one does not see. */
  readonly unseen: number
  /** Its own members reach one another. */
  readonly inside: boolean
}

/** By network. One that is not in the list is not in the answer: what it reaches is not known, which is not nothing. */
export function reaches(
  networks: readonly PictureNetwork[],
  { rows, complete }: { readonly rows: readonly FleetRow[]; readonly complete: boolean },
): ReadonlyMap<string, Reach> {
  const members = membersByNetwork(rows)
  const attached = new Map<string, PictureNetwork[]>()
  for (const network of networks) {
    const { AssociatedCenId: cenId } = network
    if (cenId !== undefined) attached.set(cenId, [...(attached.get(cenId) ?? []), network])
  }
  const own = new Map(
    networks.map((network) => {
      const seen = members.get(network.CcnId) ?? []
      const unseen = unseenCount(network, seen.length, { complete })
      return [network.CcnId, { gateways: gatewaysIn(seen), unseen }] as const
    }),
  )
  return new Map(
    networks.map((network) => {
      const { CcnId: id, AssociatedCenId: cenId } = network
      const others = (cenId === undefined ? [] : (attached.get(cenId) ?? [])).filter(({ CcnId }) => CcnId !== id)
      const sum = (of: 'gateways' | 'unseen'): number =>
        others.reduce((total, { CcnId }) => total + (own.get(CcnId)?.[of] ?? 0), 0)
      const inside = network.InterworkingStatus !== 'disable'
      return [id, { cenId, others, gateways: sum('gateways'), unseen: sum('unseen'), inside }]
    }),
  )
}

/** The networks that are lit when somebody looks at one of them. */
export function litWith(id: string, reach: Reach | undefined): ReadonlySet<string> {
  return new Set([id, ...(reach?.others ?? []).map(({ CcnId }) => CcnId)])
}
