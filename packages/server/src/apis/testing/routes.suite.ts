// Support for the tests of operations: routes that a device has said it has.
import type { RouteRule, WireRoute } from '@opensag/protocol'
import type { Harness } from './harness-on.suite.ts'
import { addCcn, setBlocks } from './networks.suite.ts'

/** Of a block of the branch, of one of its routers, from the cloud, and to the Internet. */
export const someRoutes: readonly WireRoute[] = [
  { to: '10.1.0.0/24', port: '4', source: 'STATIC', distance: 0, metric: 0, isDistributed: true },
  { to: '10.50.0.0/16', via: '10.1.0.250', port: '4', source: 'OSPF', distance: 110, metric: 20, isDistributed: true },
  { to: '10.9.0.0/24', via: '198.19.0.4', source: 'BGP', distance: 20, metric: 0, isDistributed: false },
  { to: '0.0.0.0/0', via: '203.0.113.1', port: '5', source: 'STATIC', distance: 0, metric: 0, isDistributed: false },
]

/** Another member of its network has a part of what the router of its branch tells of, and what came from the cloud. */
export async function addRival(world: Harness, instanceId: string): Promise<string> {
  const rival = await world.addInstance()
  await setBlocks(world, rival, '10.9.0.0/24,10.50.7.0/24')
  await addCcn(world, {}, instanceId, rival)
  return rival
}

/** What gateways of an instance are told of which routes to tell. */
export async function toldRules(world: Harness, instanceId: string): Promise<readonly RouteRule[] | undefined> {
  const row = await world.store.read((db) =>
    db.selectFrom('gateway_config').select('config').where('instance_id', '=', instanceId).executeTakeFirst(),
  )
  return JSON.parse(row?.config ?? '{}').routeRules
}
