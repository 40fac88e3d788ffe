import { type BoxReport, mostStaticRoutes, type StaticRoute, type WireRoute } from '@opensag/protocol'
import { type Cidr, contains, overlaps, parseNetwork, reservedRanges } from '@opensag/rules'
import type { BoxSettings } from './box.ts'
import { isSameLine, linesBefore } from './leased-line.ts'

/** Which static route of a box it is: its router is all that can be changed of it. */
export type RouteIdentity = Omit<StaticRoute, 'via'>

/** No number is published (C): all of them fit into one report. */
export const staticRouteLimit = mostStaticRoutes

/** A network there can be a route to, as text; undefined: it is none. */
export function routeDestination(text: string): string | undefined {
  const network = parseNetwork(text)
  if (typeof network === 'string' || reservedRanges.some((range) => contains(range, network))) return undefined
  return network.cidr
}

export function isSameRoute(one: RouteIdentity, other: RouteIdentity): boolean {
  return isSameLine(one, other) && one.to === other.to
}

/** Why there can be no static route at this place; undefined: there can. */
export function placeProblem(
  { settings, report }: { readonly settings: BoxSettings; readonly report: Pick<BoxReport, 'ports' | 'ecc'> },
  place: Pick<StaticRoute, 'port' | 'vlan'>,
): 'Sag.PortNotExist' | 'Sag.PortRoleInvalid' | 'Sag.EccVlanNotExist' | undefined {
  const found = report.ports.find(({ name }) => name === place.port)
  if (found === undefined) return 'Sag.PortNotExist'
  if (found.role === 'NONE' || found.role === 'MGT') return 'Sag.PortRoleInvalid'
  const isThere =
    found.role === 'ECC' ? linesBefore(settings, report).some((one) => isSameLine(one, place)) : place.vlan === 0
  return isThere ? undefined : 'Sag.EccVlanNotExist'
}

/** What a network of others is, and whose: an instance of the same CCN, or a leased line of its CEN. */
export interface Claim extends Pick<Cidr, 'cidr' | 'first' | 'last'> {
  readonly owner: string
}

/** Of what others have what a route into the branch reaches into. A route to everywhere claims nothing. */
export function conflictsOf({ to, port }: Pick<WireRoute, 'to' | 'port'>, claims: readonly Claim[]): readonly Claim[] {
  const network = parseNetwork(to)
  if (port === undefined || typeof network === 'string' || network.length === 0) return []
  return claims.filter((claim) => overlaps(network, claim))
}
