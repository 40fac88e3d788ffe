import type { BgpConfig, OspfConfig, PortProtocol, RouteProtocol, WireConfig } from '@opensag/protocol'

/** How a box is to speak with the routers of its branch: what is set, and what stands for what is not. */
export interface RoutingSettings {
  readonly protocol: RouteProtocol
  /** Ports at which something is spoken. */
  readonly ports: readonly PortProtocol[]
  readonly ospf: Omit<OspfConfig, 'routerId'> & { readonly routerId?: string }
  readonly bgp: Omit<BgpConfig, 'routerId'> & { readonly routerId?: string }
  /** Nobody has set any of it, and routing is dynamic: also who speaks BGP is listened to. */
  readonly isOwn: boolean
}

/** Before they are set (D: hello 3 s, dead 10 s; AS 12345, keepalive 3 s, hold 9 s). */
const ospfBefore = { area: 0, hello: 3, dead: 10, authentication: 'NONE' } as const
const bgpBefore = { as: 12_345, keepAlive: 3, hold: 9 } as const

/**
 * Until the protocols of a box are set they are its own affair: it speaks OSPF at its port to the branch while its routing is
 * dynamic.
 *
 * @param lan the first port to the branch
 */
export function routingSettings(
  config: Pick<WireConfig, 'box' | 'routingStrategy'> | undefined,
  lan: string | undefined,
): RoutingSettings {
  const { globalProtocol, portProtocols, ospf, bgp, roles = [] } = config?.box ?? {}
  const isOwn = globalProtocol === undefined && portProtocols === undefined && config?.routingStrategy === 'dynamic'
  const protocol = globalProtocol ?? (isOwn ? 'OSPF' : 'STATIC')
  const own: readonly PortProtocol[] = isOwn && lan !== undefined ? [{ port: lan, vlan: 0, protocol: 'OSPF' }] : []
  // What is spoken at a leased line does not follow the protocol of the box.
  const isLeased = ({ port, protocol: spoken }: PortProtocol): boolean =>
    spoken === 'BGP' && roles.some((one) => one.port === port && one.role === 'ECC')
  return {
    protocol,
    ports: (portProtocols ?? own).filter(
      (one) => one.protocol !== 'STATIC' && (one.protocol === protocol || isLeased(one)),
    ),
    ospf: ospf ?? ospfBefore,
    bgp: bgp ?? bgpBefore,
    isOwn,
  }
}
