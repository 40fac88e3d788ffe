import type { StaticRoute, WireConfig } from '@opensag/protocol'
import { type Cidr, contains } from '@opensag/rules'
import { networkOf } from '../cidr.ts'
import type { Leased } from './leased-plan.ts'
import type { GatewaySetup } from './setup.ts'

/** The protocol of BIRD that has them: a name among those of the branch. */
export const staticProtocol = 'lanstatic'

type Place = Pick<StaticRoute, 'port' | 'vlan'>

/** The ports of a machine, and the leased lines that it has. */
export interface Places extends Pick<GatewaySetup, 'lan' | 'wan'> {
  readonly leased: readonly Pick<Leased, 'name' | 'port' | 'vlan'>[]
}

/** Of the static routes that are set those whose port this machine has. */
export function staticRoutesOf(config: WireConfig | undefined, places: Places): readonly StaticRoute[] {
  return (config?.box?.staticRoutes ?? []).filter((route) => hasPort(route, places))
}

/** Why what is set cannot be in force; undefined: all of it is. */
export function staticRoutesProblem(config: WireConfig | undefined, places: Places): string | undefined {
  const lost = config?.box?.staticRoutes?.find((route) => !hasPort(route, places))
  return lost && `This machine has no port ${lost.vlan === 0 ? lost.port : `${lost.port}.${lost.vlan}`}.`
}

function hasPort(place: Place, { lan, wan, leased }: Places): boolean {
  if (leased.some(({ port, vlan }) => port === place.port && vlan === place.vlan)) return true
  return place.vlan === 0 && (place.port === lan || place.port === wan)
}

/** Those that BIRD has been given, as it answers to `show static`. */
export function staticRoutesIn(text: string, leased: Places['leased']): readonly StaticRoute[] {
  const found = text.matchAll(/^([\d.]+\/\d+)\s+via ([\d.]+)%(\S+)/gm)
  return [...found].map(([, to = '', via = '', dev = '']) => ({ ...portOf(dev, leased), to, via }))
}

/** The port whose interface this is, or a VLAN of it. */
export function portOf(dev: string, leased: Places['leased']): Place {
  const line = leased.find(({ name }) => name === dev)
  return line === undefined ? { port: dev, vlan: 0 } : { port: line.port, vlan: line.vlan }
}

/** A block that a route is about as a whole, by a router outside of it: nobody has to be asked for its hosts on the wire. */
export function liesBehindRouter({ cidr }: Cidr, { to, via }: StaticRoute): boolean {
  return networkOf(to).cidr === cidr && !contains(networkOf(to), networkOf(`${via}/32`))
}
