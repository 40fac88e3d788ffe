import { mostRouteRules, type RouteRule, type RouteSide, type RouteSource, type WireRoute } from '@opensag/protocol'
import { parseNetwork } from '@opensag/rules'

/** As the API names them. */
export const distributions = [
  'publish',
  'no_publish',
  'no_publish_and_publish_on_health_success',
  'no_publish_and_publish_on_health_fail',
  'publish_and_revoke_on_health_success',
  'publish_and_revoke_on_health_fail',
] as const

export type Distribution = (typeof distributions)[number]

/** Which route of the gateways of an instance. */
export interface RouteOfInstance {
  /** Where it comes from. */
  readonly side: RouteSide
  readonly source: RouteSource
  readonly cidr: string
}

/** Whether it is told to the other side. */
export interface RouteStrategy extends RouteOfInstance {
  readonly instanceId: string
  readonly distribution: Distribution
  /** What it follows; undefined: nothing. */
  readonly healthCheckId: string | undefined
  readonly createdAt: number
}

/** Of one instance. No number is published (C). */
export const strategyLimit = mostRouteRules

/** What a gateway is told of it; nothing of what it does anyway. */
export function wireRouteRule({
  side,
  source,
  cidr,
  distribution,
  healthCheckId,
}: RouteStrategy): readonly RouteRule[] {
  if (distribution === 'publish') return []
  const rule = { from: side, source, to: cidr, isDistributed: distribution.startsWith('publish') }
  if (healthCheckId === undefined) return [rule]
  return [{ ...rule, unless: { check: healthCheckId, is: distribution.endsWith('_success') ? 'success' : 'failed' } }]
}

/** It is the other way round while a health check says so. */
export function needsHealthCheck(distribution: Distribution): boolean {
  return distribution.includes('_health_')
}

/** A route with what there is to say of it: the gateway has it now, a strategy is about it, or both. */
export interface DistributedRoute extends RouteOfInstance {
  readonly strategy: RouteStrategy | undefined
  /** Undefined: the gateway has none like it now. */
  readonly route: WireRoute | undefined
}

/** All of one side, by their networks. A way to everywhere is none of the branch, and none of the cloud. */
export function distributedRoutes(
  side: RouteSide,
  routes: readonly WireRoute[],
  strategies: readonly RouteStrategy[],
): readonly DistributedRoute[] {
  const all = new Map<string, DistributedRoute>()
  for (const route of routes) {
    const { to: cidr, source, port } = route
    if ((port === undefined ? 'cloud' : 'local') !== side || cidr.endsWith('/0')) continue
    const key = `${source} ${cidr}`
    // Of a network that is reached in several ways it is told once.
    if (all.get(key)?.route?.isDistributed !== true) all.set(key, { side, source, cidr, route, strategy: undefined })
  }
  for (const strategy of strategies) {
    const { source, cidr } = strategy
    if (strategy.side !== side) continue
    const key = `${source} ${cidr}`
    all.set(key, { side, source, cidr, route: all.get(key)?.route, strategy })
  }
  return [...all.values()].sort(byNetwork)
}

function byNetwork(one: DistributedRoute, other: DistributedRoute): number {
  const [a, b] = [parseNetwork(one.cidr), parseNetwork(other.cidr)]
  if (typeof a === 'string' || typeof b === 'string') return 0
  return a.first - b.first || a.length - b.length || (one.source < other.source ? -1 : 1)
}
