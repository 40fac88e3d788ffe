import type { Product } from '@opensag/smartag-client'
import { href } from './route.ts'

export const links = {
  overview: (): string => href(['overview']),
  fleet: (query: Readonly<Record<string, string | undefined>> = {}): string => href(['fleet'], query),
  instance: (regionId: string, id: string): string => href(['fleet', regionId, id]),
  branch: (...rest: readonly string[]): string => href(['branch', ...rest]),
  remote: (regionId: string, id: string): string => href(['remote', regionId, id]),
  network: (regionId: string, id: string): string => href(['networks', regionId, id]),
  access: (...rest: readonly string[]): string => href(['access', ...rest]),
  alerts: (...rest: readonly string[]): string => href(['alerts', ...rest]),
  audit: (query: Readonly<Record<string, string | undefined>> = {}): string => href(['audit'], query),
}

/**
 * The API Explorer with its form filled in. A value that is a secret has no place in an address: pass the others only.
 */
export function explorerLink(
  product: Product,
  operation: string,
  params: Readonly<Record<string, string | undefined>> = {},
): string {
  return href(['explorer', product, operation], params)
}
