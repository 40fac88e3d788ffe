import type { Cidr } from '@opensag/rules'

/** Addresses next to one another, the first and the last included. */
export interface AddressRange {
  readonly first: number
  readonly last: number
}

/**
 * The addresses of a pool that clients can have, block by block in the order of the pool. Network, broadcast and the
 * service's own first address are not among them, so a block of four has one and a smaller one has none (C).
 */
export function clientRanges(pool: readonly Pick<Cidr, 'first' | 'last'>[]): readonly AddressRange[] {
  return pool
    .map(({ first, last }): AddressRange => ({ first: first + 2, last: last - 1 }))
    .filter(({ first, last }) => first <= last)
}
