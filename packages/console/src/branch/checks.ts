import { type Cidr, contains, overlaps, parseNetwork } from '@opensag/rules'
import { blockMistake, type Neighbour, takenBy } from './draft.ts'

export type Check =
  | { readonly name: 'form' | 'inside' | 'free'; readonly ok: boolean }
  | { readonly name: 'taken'; readonly ok: false; readonly by: Neighbour }
  | { readonly name: 'outside' | 'snat'; readonly ok: false }

/** The network as far as it can be seen; empty where there is none. */
export interface Surroundings {
  readonly range: readonly Cidr[]
  readonly snat: readonly Cidr[]
  /** Members of the network, which the branch must not overlap. */
  readonly members: readonly Neighbour[]
}

/** What can be said of a block before the server is asked: it knows all members, quotas and leased lines besides. */
export function checksOf(cidr: string, { range, snat, members }: Surroundings): readonly Check[] {
  const block = parseNetwork(cidr)
  if (blockMistake(cidr) !== undefined || typeof block === 'string') return [{ name: 'form', ok: false }]
  const found: Check[] = [{ name: 'form', ok: true }]
  if (range.length > 0) {
    found.push(
      range.some((one) => contains(one, block)) ? { name: 'inside', ok: true } : { name: 'outside', ok: false },
    )
  }
  if (snat.some((one) => overlaps(one, block))) found.push({ name: 'snat', ok: false })
  const by = takenBy(cidr, members)
  found.push(by === undefined ? { name: 'free', ok: true } : { name: 'taken', ok: false, by })
  return found
}
