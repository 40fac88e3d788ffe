import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from './always.ts'
import { call } from './session.svelte.ts'

type Listed = ResultOf<'DescribeCloudConnectNetworks'>['CloudConnectNetworks']['CloudConnectNetwork'][number]

export interface Network extends Always<Listed, 'CcnId'> {
  readonly RegionId: string
}

/** Every network of one region. */
export async function networksOf(regionId: string, signal?: AbortSignal): Promise<readonly Network[]> {
  const found: Network[] = []
  for (let number = 1; ; number += 1) {
    const page = await call(
      'Smartag',
      'DescribeCloudConnectNetworks',
      { RegionId: regionId, PageNumber: number, PageSize: 50 },
      signal,
    )
    const networks = page.CloudConnectNetworks.CloudConnectNetwork as readonly Omit<Network, 'RegionId'>[]
    found.push(...networks.map((network) => ({ RegionId: regionId, ...network })))
    if (found.length >= (page.TotalCount ?? 0) || networks.length === 0) return found
  }
}

/** The regions that any of these are in, in order, each once. */
export function regionsOf(
  rows: readonly { readonly RegionId: string }[],
  ...more: readonly string[]
): readonly string[] {
  return [...new Set([...more, ...rows.map(({ RegionId }) => RegionId)])].sort()
}

/** The networks of several regions. */
export async function networksIn(regions: readonly string[], signal?: AbortSignal): Promise<readonly Network[]> {
  return (await Promise.all(regions.map((regionId) => networksOf(regionId, signal)))).flat()
}
