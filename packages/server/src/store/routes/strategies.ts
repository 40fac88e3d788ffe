import type { RouteOfInstance, RouteStrategy } from '../../model/route-strategy.ts'
import type { Reader, Writer } from '../store.ts'

/** Of one instance, always in the same order. */
export async function routeStrategiesOf(db: Reader, instanceId: string): Promise<readonly RouteStrategy[]> {
  const rows = await db
    .selectFrom('route_strategy')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .orderBy('side')
    .orderBy('source')
    .orderBy('cidr')
    .execute()
  return rows.map((row) => ({
    instanceId: row.instance_id,
    side: row.side,
    source: row.source,
    cidr: row.cidr,
    distribution: row.distribution,
    healthCheckId: row.health_check_id ?? undefined,
    createdAt: row.created_at,
  }))
}

/** How many follow each health check of an instance; none of those that nothing follows. */
export async function followersOf(db: Reader, instanceId: string): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const { healthCheckId } of await routeStrategiesOf(db, instanceId)) {
    if (healthCheckId !== undefined) counts.set(healthCheckId, (counts.get(healthCheckId) ?? 0) + 1)
  }
  return counts
}

/** In place of the one of the same route, which keeps its date. */
export async function putRouteStrategy(tx: Writer, strategy: RouteStrategy): Promise<void> {
  const { distribution } = strategy
  const changed = { distribution, health_check_id: strategy.healthCheckId ?? null }
  await tx
    .insertInto('route_strategy')
    .values({
      instance_id: strategy.instanceId,
      side: strategy.side,
      source: strategy.source,
      cidr: strategy.cidr,
      created_at: strategy.createdAt,
      ...changed,
    })
    .onConflict((conflict) => conflict.columns(['instance_id', 'side', 'source', 'cidr']).doUpdateSet(changed))
    .execute()
}

export async function deleteRouteStrategy(
  tx: Writer,
  instanceId: string,
  { side, source, cidr }: RouteOfInstance,
): Promise<void> {
  await tx
    .deleteFrom('route_strategy')
    .where('instance_id', '=', instanceId)
    .where('side', '=', side)
    .where('source', '=', source)
    .where('cidr', '=', cidr)
    .execute()
}
