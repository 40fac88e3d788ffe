import { call } from './session.svelte.ts'

export interface Network {
  readonly RegionId: string
  readonly CcnId: string
  readonly Name?: string
  readonly Description?: string
  readonly CidrBlock?: string
  readonly SnatCidrBlock?: string
  readonly InterworkingStatus?: string
  readonly AssociatedCenId?: string
  readonly AssociatedCloudBoxCount?: string | number
  readonly AvailableCloudBoxCount?: string | number
  readonly CreateTime?: number
}

interface Page {
  readonly TotalCount: number
  readonly CloudConnectNetworks: { readonly CloudConnectNetwork: readonly Omit<Network, 'RegionId'>[] }
}

/** Every network of one region. */
export async function networksOf(regionId: string, signal?: AbortSignal): Promise<readonly Network[]> {
  const found: Network[] = []
  for (let number = 1; ; number += 1) {
    const page = await call<Page>(
      'Smartag',
      'DescribeCloudConnectNetworks',
      { RegionId: regionId, PageNumber: number, PageSize: 50 },
      signal,
    )
    const networks = page.CloudConnectNetworks.CloudConnectNetwork
    found.push(...networks.map((network) => ({ RegionId: regionId, ...network })))
    if (found.length >= page.TotalCount || networks.length === 0) return found
  }
}

/** The networks of several regions. */
export async function networksIn(regions: readonly string[], signal?: AbortSignal): Promise<readonly Network[]> {
  return (await Promise.all(regions.map((regionId) => networksOf(regionId, signal)))).flat()
}
