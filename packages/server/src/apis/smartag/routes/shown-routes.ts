import type { RouteSource } from '@opensag/protocol'
import { conflictsOf } from '../../../model/static-route.ts'
import type { OperationContext } from '../../context.ts'

interface ShownRoute {
  readonly to: string
  readonly nextHop: string
  /** `-1`: into the tunnel (D). */
  readonly port: string
  readonly source: RouteSource
  /** Its distance and its metric (D). */
  readonly cost: string
  readonly conflicts: readonly string[]
}

/** The routes of a device, as it said last; none where it has not said any yet. */
export async function shownRoutes(
  { routes }: Pick<OperationContext, 'routes'>,
  { instanceId, serial }: { readonly instanceId: string; readonly serial: string },
): Promise<readonly ShownRoute[]> {
  const claims = await routes.claimsAround(instanceId)
  return ((await routes.of(serial)) ?? []).map((route) => ({
    to: route.to,
    nextHop: route.via ?? '0.0.0.0',
    port: route.port ?? '-1',
    source: route.source,
    cost: `[${route.distance}/${route.metric}]`,
    conflicts: [...new Set(conflictsOf(route, claims).map(({ cidr }) => cidr))],
  }))
}
