import type { StaticRoute, WireConfig } from '@opensag/protocol'
import { type Cidr, contains } from '@opensag/rules'
import { networkOf } from '../cidr.ts'
import type { GatewaySetup } from './setup.ts'

/** The protocol of BIRD that has them: a name among those of the branch. */
export const staticProtocol = 'lanstatic'

/** Of the static routes that are set those whose port this machine has. */
export function staticRoutesOf(config: WireConfig | undefined, setup: GatewaySetup): readonly StaticRoute[] {
  return (config?.box?.staticRoutes ?? []).filter((route) => hasPort(route, setup))
}

/** Why what is set cannot be in force; undefined: all of it is. */
export function staticRoutesProblem(config: WireConfig | undefined, setup: GatewaySetup): string | undefined {
  const lost = config?.box?.staticRoutes?.find((route) => !hasPort(route, setup))
  return lost && `This machine has no port ${interfaceOf(lost)}.`
}

function hasPort({ port, vlan }: StaticRoute, { lan, wan }: GatewaySetup): boolean {
  return vlan === 0 && (port === lan || port === wan)
}

/** A VLAN of a port is an interface of its own. */
export function interfaceOf({ port, vlan }: Pick<StaticRoute, 'port' | 'vlan'>): string {
  return vlan === 0 ? port : `${port}.${vlan}`
}

/** Those that BIRD has been given, as it answers to `show static`. */
export function staticRoutesIn(text: string, setup: GatewaySetup): readonly StaticRoute[] {
  const found = text.matchAll(/^([\d.]+\/\d+)\s+via ([\d.]+)%(\S+)/gm)
  return [...found].map(([, to = '', via = '', dev = '']) => ({ ...portOf(dev, setup), to, via }))
}

/** The port whose interface this is, or a VLAN of it. */
export function portOf(dev: string, { lan, wan }: GatewaySetup): Pick<StaticRoute, 'port' | 'vlan'> {
  const parent = [lan, wan].find((port) => dev.startsWith(`${port}.`) && /^\.\d+$/.test(dev.slice(port.length)))
  return parent === undefined ? { port: dev, vlan: 0 } : { port: parent, vlan: Number(dev.slice(parent.length + 1)) }
}

/** A block that a route is about as a whole, by a router outside of it: nobody has to be asked for its hosts on the wire. */
export function liesBehindRouter({ cidr }: Cidr, { to, via }: StaticRoute): boolean {
  return networkOf(to).cidr === cidr && !contains(networkOf(to), networkOf(`${via}/32`))
}
