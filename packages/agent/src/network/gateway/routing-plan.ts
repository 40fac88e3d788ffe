import type { PortProtocol, WireConfig } from '@opensag/protocol'
import { type RoutingSettings, routingSettings } from '../../box/routing-settings.ts'
import type { Leased } from './leased-plan.ts'
import type { GatewaySetup } from './setup.ts'

/** What is spoken with the routers of the branch, at this machine. */
export interface RoutingPlan extends Pick<RoutingSettings, 'bgp'> {
  /** Routes come from routers of the branch. */
  readonly learns: boolean
  /** At the port to the branch; undefined: it is not spoken. */
  readonly ospf: RoutingSettings['ospf'] | undefined
  /** Neighbours of BGP, in an order that stays the same. */
  readonly sessions: readonly (NonNullable<PortProtocol['remote']> & Pick<PortProtocol, 'port' | 'vlan'>)[]
  /** Whoever speaks BGP in the first block is answered. */
  readonly isListening: boolean
  /** Ports at which something is set and cannot be spoken. */
  readonly unable: readonly string[]
}

export function planRouting(
  setup: GatewaySetup,
  config: WireConfig | undefined,
  leased: readonly Pick<Leased, 'port' | 'vlan'>[],
): RoutingPlan {
  const { ospf, bgp, ports, isOwn } = routingSettings(config, setup.lan)
  // What is behind the port to the Internet never goes there in the clear, so it is not learnt there either.
  const isAble = ({ port, vlan, protocol }: PortProtocol): boolean =>
    port === setup.lan || (protocol === 'BGP' && leased.some((one) => one.port === port && one.vlan === vlan))
  const [able, unable] = [ports.filter(isAble), ports.filter((one) => !isAble(one))]
  const isOspf = able.some(({ protocol }) => protocol === 'OSPF')
  const sessions = able.flatMap(({ port, vlan, remote }) => (remote === undefined ? [] : [{ port, vlan, ...remote }]))
  return {
    learns: isOspf || sessions.length > 0,
    ospf: isOspf ? ospf : undefined,
    bgp,
    sessions,
    isListening: isOwn,
    unable: unable.map(({ port, vlan }) => (vlan === 0 ? port : `${port}.${vlan}`)),
  }
}
