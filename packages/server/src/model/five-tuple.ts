import type { Applications, PacketMatch } from '@opensag/protocol'
import { parseNetwork } from '@opensag/rules'

/** What a rule says of packets, as its owner wrote it: it is shown again letter by letter (D). */
export interface FiveTuple {
  readonly protocol: string
  readonly sourceCidr: string
  readonly sourcePorts: string
  readonly destCidr: string
  readonly destPorts: string
  /** Numbers of applications: the rule is for one of these only. Absent: it is for all. */
  readonly applications?: Applications | undefined
}

export interface PortRange {
  readonly from: number
  readonly to: number
}

/** Of a packet; `any` is every protocol. */
export type PacketProtocol = 'any' | 'gre' | 'icmp' | 'tcp' | 'udp'

export interface Protocol {
  readonly of: PacketProtocol
  /** TCP to this port (S); undefined: the ports of the rule say it. */
  readonly port?: number
}

/** In lower case: the case of a rule does not matter (S). */
const protocols: Readonly<Record<string, Protocol>> = {
  all: { of: 'any' },
  tcp: { of: 'tcp' },
  udp: { of: 'udp' },
  icmp: { of: 'icmp' },
  gre: { of: 'gre' },
  'ssh(22)': { of: 'tcp', port: 22 },
  'telnet(23)': { of: 'tcp', port: 23 },
  'http(80)': { of: 'tcp', port: 80 },
  'https(443)': { of: 'tcp', port: 443 },
  'rdp(3389)': { of: 'tcp', port: 3389 },
  'mysql(3306)': { of: 'tcp', port: 3306 },
  'ms sql(1433)': { of: 'tcp', port: 1433 },
  'oracle(1521)': { of: 'tcp', port: 1521 },
  'postgresql(5432)': { of: 'tcp', port: 5432 },
  'redis(6379)': { of: 'tcp', port: 6379 },
}

export function protocolOf(text: string): Protocol | undefined {
  const name = text.toLowerCase()
  return Object.hasOwn(protocols, name) ? protocols[name] : undefined
}

/** A network without bits behind its mask; `0.0.0.0/0` is all of them. */
export function isNetwork(text: string): boolean {
  return typeof parseNetwork(text) !== 'string'
}

/** `a/b`, both 1–65535, in either order; or `-1/-1`: all ports, `any`. */
export function portsOf(text: string): PortRange | 'any' | undefined {
  if (text === '-1/-1') return 'any'
  const [, from, to] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? []
  const range = { from: Number(from), to: Number(to) }
  // Of a text that did not match both are no numbers.
  return range.from <= 65_535 && range.to <= 65_535 ? range : undefined
}

/** The ranges are in order, and a rule of this protocol can have them (S). */
export function portsFit({ protocol, sourcePorts, destPorts }: FiveTuple): boolean {
  const named = protocolOf(protocol)
  const ports = [portsOf(sourcePorts), portsOf(destPorts)]
  if (ports.some((range) => range !== undefined && range !== 'any' && range.from > range.to)) return false
  if (named?.port !== undefined) return destPorts === `${named.port}/${named.port}`
  return named?.of === 'tcp' || named?.of === 'udp' || ports.every((range) => range === 'any')
}

/** What gateways are told of it. */
export function packetsOf(tuple: FiveTuple): PacketMatch {
  const { protocol, sourceCidr, sourcePorts, destCidr, destPorts, applications } = tuple
  const [fromPorts, toPorts] = [portsOf(sourcePorts), portsOf(destPorts)]
  return {
    protocol: protocolOf(protocol)?.of ?? 'any',
    from: sourceCidr,
    to: destCidr,
    ...(typeof fromPorts === 'object' ? { fromPorts } : {}),
    ...(typeof toPorts === 'object' ? { toPorts } : {}),
    ...(applications === undefined ? {} : { applications }),
  }
}
