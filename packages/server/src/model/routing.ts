import type { BoxReport, PortProtocol, RouteProtocol, RoutingReport } from '@opensag/protocol'
import { ipv4ToNumber } from '@opensag/rules'
import type { BoxSettings } from './box.ts'
import { isSameLine } from './leased-line.ts'

/** What its number as a router can be, as text; undefined: it is none. */
export function routerNumber(text: string): string | undefined {
  const number = ipv4ToNumber(text)
  return number === undefined || number === 0 ? undefined : text
}

/** The number of an autonomous system. */
export function asNumber(text: string): number | undefined {
  const number = Number(text)
  return /^\d{1,10}$/.test(text) && number >= 1 && number <= 4_294_967_295 ? number : undefined
}

/** What is set at a port, as a call says it. */
export interface WantedProtocol {
  readonly port: string
  readonly vlan: number
  readonly protocol: RouteProtocol
  readonly ip: string | undefined
  readonly as: number | undefined
}

export type RoutedBox = {
  readonly settings: BoxSettings
  readonly report: BoxReport & { readonly routing: RoutingReport }
}

/** Sections that are set together: what is set of ports counts for the protocol that it was set under. */
export type ProtocolSections = Pick<BoxSettings, 'globalProtocol' | 'portProtocols'>

/**
 * With another protocol of the box its ports that speak the one before speak nothing. Leased lines go on: what is spoken there does
 * not follow it (C).
 */
export function withGlobalProtocol({ settings, report }: RoutedBox, protocol: RouteProtocol): ProtocolSections {
  const ports = portsOf({ settings, report })
  const isLeased = leasedPorts(report)
  const following = ports.map((one) =>
    isLeased(one.port) || one.protocol === protocol || one.protocol === 'STATIC' ? one : silent(one),
  )
  // Before any port was set there is nothing to be kept.
  const isOwn = settings.portProtocols === undefined && following.every(({ protocol: kept }) => kept === 'STATIC')
  return { globalProtocol: protocol, ...(isOwn ? {} : { portProtocols: following }) }
}

/** Why a port cannot speak this; undefined: it can. */
export function portProblem(
  { settings, report }: RoutedBox,
  { port, vlan, protocol, ip, as }: WantedProtocol,
): 'no port' | 'leased line' | 'other protocol' | 'RemoteIp' | 'RemoteAs' | undefined {
  const isLeased = leasedPorts(report)(port)
  const spoken = report.routing.ports
  // A leased line that is set is one before the box says so.
  const interfaces = isLeased ? (settings.ecc ?? [...(report.ecc ?? []), ...spoken]) : spoken
  if (!interfaces.some((one) => isSameLine(one, { port, vlan }))) return 'no port'
  if (isLeased && protocol !== 'BGP') return 'leased line'
  const global = settings.globalProtocol ?? report.routing.protocol
  if (!isLeased && protocol !== 'STATIC' && protocol !== global) return 'other protocol'
  if (protocol !== 'BGP') return undefined
  if (ip === undefined) return 'RemoteIp'
  return as === undefined ? 'RemoteAs' : undefined
}

/** The first port that is set takes the protocol of the box over as it is. */
export function withPortProtocol(
  { settings, report }: RoutedBox,
  { port, vlan, protocol, ip, as }: WantedProtocol,
): ProtocolSections {
  const remote = protocol === 'BGP' && ip !== undefined && as !== undefined ? { remote: { ip, as } } : {}
  const wanted = { port, vlan, protocol, ...remote }
  const ports = portsOf({ settings, report })
  const index = ports.findIndex((one) => isSameLine(one, wanted))
  return {
    globalProtocol: settings.globalProtocol ?? report.routing.protocol,
    portProtocols: index < 0 ? [...ports, wanted] : ports.with(index, wanted),
  }
}

/** As they are set, or as the box says it. */
function portsOf({ settings, report }: RoutedBox): readonly PortProtocol[] {
  return (
    settings.portProtocols ??
    report.routing.ports.map(({ port, vlan, protocol, remote }) => ({
      ...{ port, vlan, protocol },
      ...(remote === undefined ? {} : { remote }),
    }))
  )
}

function silent({ port, vlan }: PortProtocol): PortProtocol {
  return { port, vlan, protocol: 'STATIC' }
}

function leasedPorts({ ports }: BoxReport): (port: string) => boolean {
  return (port) => ports.some(({ name, role }) => name === port && role === 'ECC')
}

/** Why OSPF cannot be spoken like this by any box there is, in a sentence; undefined: it can. */
export function ospfProblem({
  dead,
  authentication,
  md5KeyId,
}: {
  readonly dead: number
  readonly authentication: string
  readonly md5KeyId: number | undefined
}): string | undefined {
  if (dead === 1) return 'DeadTime of 1 second cannot be kept by any device.'
  if (authentication === 'MD5' && (md5KeyId ?? 0) > 255) return 'Md5KeyId above 255 has no place in OSPF.'
  return undefined
}
