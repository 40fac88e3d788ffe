import type { HealthStatus, RouteRule } from '@opensag/protocol'

/** How health checks stand, by their ids. */
export type HealthStatuses = ReadonlyMap<string, HealthStatus>

export const noHealth: HealthStatuses = new Map()

/**
 * The rules by which a route is not told to the other side now. As long as nothing is known of its health check a rule is as it is
 * at first.
 */
export function keptRoutes(rules: readonly RouteRule[] | undefined, health: HealthStatuses): readonly RouteRule[] {
  return (rules ?? []).filter(({ isDistributed, unless }) => {
    const isTurned = unless !== undefined && health.get(unless.check) === unless.is
    return isDistributed === isTurned
  })
}

/** Whether what is told can change with a health check. */
export function followsHealth(rules: readonly RouteRule[] | undefined): boolean {
  return rules?.some(({ unless }) => unless !== undefined) === true
}
