import type { Product } from '@opensag/rules'
import type { Operation } from './operation.ts'

export type { Product } from '@opensag/rules'

/** One API of the front door. A request names it by its version, which no two of them share. */
export interface Api<C = never> {
  readonly product: Product
  /** A date, as `Version` or `x-acs-version` has it. */
  readonly version: string
  /** By public name. */
  readonly operations: ReadonlyMap<string, Operation<C>>
}

/** The service as RAM writes it, in actions and resource names. */
export function serviceOf({ product }: Pick<Api, 'product'>): string {
  return product.toLowerCase()
}

/** An API of the given operations, sorted by their names. */
export function api<C>(product: Product, version: string, operations: readonly Operation<C>[]): Api<C> {
  const sorted = [...operations].sort((a, b) => (a.name < b.name ? -1 : 1))
  return { product, version, operations: new Map(sorted.map((operation) => [operation.name, operation])) }
}
