import type { WallClock } from '@opensag/protocol'
import type { NetworkState } from '../../connection-network-report.ts'
import type { NetworkStatus } from '../../running-status.ts'
import { textIfThere } from '../../text-file.ts'
import { routesIn } from '../kernel-routes.ts'
import { branchTable } from '../marks.ts'
import type { System } from '../system.ts'
import { leasesIn } from './leases.ts'

/** What the network of a gateway is like, for who stands before the machine: what the server is told, and the single routes and leases. */
export async function networkStatus({
  system,
  state,
  leasesFile,
  wallClock,
}: {
  readonly system: Pick<System, 'ipJson'>
  readonly state: Pick<NetworkState, 'read'>
  readonly leasesFile: string
  readonly wallClock: WallClock
}): Promise<NetworkStatus> {
  const [{ tunnels, learnt, traffic }, routes, leases] = await Promise.all([
    state.read(),
    routesIn(system, branchTable),
    textIfThere(leasesFile),
  ])
  return {
    tunnels: [...tunnels],
    learnt: [...learnt],
    traffic,
    routes: routes.map(({ type, dst, gateway, dev }) => ({
      to: type === undefined || type === 'unicast' ? dst : `${dst} (${type})`,
      via: gateway ?? null,
      dev: dev ?? null,
    })),
    leases: leasesIn(leases ?? '', wallClock()),
  }
}
