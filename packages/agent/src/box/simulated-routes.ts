import type { StaticRoute, WireRoute } from '@opensag/protocol'
import { contains, enclosing, ipv4ToNumber } from '@opensag/rules'
import { networkOf } from '../network/cidr.ts'
import { type HealthStatuses, keptRoutes } from '../route-distribution.ts'
import { type SimulatedBox, simulatedBox } from './simulated-box.ts'

/**
 * The routes of a box that does not exist: its blocks on its wires, and what is set by routers on them. Nothing comes from a cloud
 * that is not there either.
 */
export function simulatedRoutes(given: SimulatedBox, health: HealthStatuses): readonly WireRoute[] {
  const { lan, ecc = [], staticRoutes = [] } = simulatedBox(given)
  const isDynamic = given.config?.routingStrategy === 'dynamic'
  const cidrs = given.config?.cidrs ?? []
  const wires = lan.flatMap(({ port, ip, length }) =>
    ip === undefined || length === undefined ? [] : [{ port, network: enclosing(ipv4ToNumber(ip) ?? 0, length) }],
  )
  const isOnWire = ({ port, vlan, via }: StaticRoute): boolean =>
    [
      ...wires.map((wire) => ({ ...wire, vlan: 0 })),
      ...ecc.map((line) => ({ ...line, network: enclosing(ipv4ToNumber(line.ip) ?? 0, line.length) })),
    ].some((wire) => wire.port === port && wire.vlan === vlan && contains(wire.network, networkOf(`${via}/32`)))
  const kept = keptRoutes(given.config?.routeRules, health)
  const isKept = (prefix: string): boolean =>
    kept.some(({ from, source, to }) => from === 'local' && source === 'STATIC' && to === prefix)
  return [
    ...wires.map(({ port, network: { cidr } }) => ({
      ...{ to: cidr, port, source: 'STATIC' as const, distance: 0, metric: 0 },
      isDistributed: cidrs.includes(cidr) && !isKept(cidr),
    })),
    ...staticRoutes.filter(isOnWire).map(({ port, vlan, to, via }) => ({
      ...(vlan === 0 ? {} : { vlan }),
      ...{ to, via, port, source: 'STATIC' as const, distance: 1, metric: 0 },
      // With `static` the cloud hears of the blocks alone.
      isDistributed: (isDynamic || cidrs.includes(to)) && !isKept(to),
    })),
  ]
}
