import type { RemoteAccessInstance } from '@opensag/protocol'
import { prefixOf } from '../cidr.ts'
import { routesOf } from '../kernel-routes.ts'
import type { System } from '../system.ts'
import { networkOf } from './pool.ts'
import { interfacesOf } from './server-config.ts'

/** What a client is told at most. */
const mostRoutes = 200

/** Links between machines of the network itself, which nobody else has to reach. */
const own = ['198.18.0.0/15', '169.254.0.0/16'].map(networkOf)

/** What a client of the instance reaches: the routes of the CCN as they are now. */
export async function routesFor(
  inside: Pick<System, 'ipJson'>,
  instance: Pick<RemoteAccessInstance, 'port'>,
): Promise<readonly string[]> {
  return reachable(await inside.ipJson('route', 'show', 'table', 'main'), interfacesOf(instance).tun)
}

/** @param routes what `ip -json route` answers */
export function reachable(routes: unknown, tun: string): readonly string[] {
  const found = new Set<string>()
  for (const { dst, dev } of routesOf(routes)) {
    if (dev === tun || dst === 'default') continue
    const { network, length } = networkOf(prefixOf(dst))
    if (!own.some((link) => link.has(network))) found.add(`${network}/${length}`)
  }
  return [...found].sort().slice(0, mostRoutes)
}
