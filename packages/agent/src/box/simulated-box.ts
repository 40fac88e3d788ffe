import { createHash } from 'node:crypto'
import type { BoxConfig, BoxReport, PortRole, WireConfig } from '@opensag/protocol'
import { ipv4ToNumber } from '@opensag/rules'
import { networkOf } from '../network/cidr.ts'
import { planLan } from '../network/gateway/lan-plan.ts'
import type { BoxFacts } from './box-state.ts'
import { simulatedRouting } from './simulated-routing.ts'

interface Factory {
  /** Roles by the names of the ports. */
  readonly ports: Readonly<Record<string, PortRole>>
  readonly hasRadio?: true
  readonly hasModem?: true
  readonly hasManagement?: true
}

/** As each model leaves the factory. */
const large: Factory = {
  ports: { 0: 'NONE', 1: 'NONE', 2: 'MGT', 3: 'NONE', 4: 'LAN', 5: 'WAN' },
  hasManagement: true,
}
const small: Factory = { ports: { 0: 'WAN', 1: 'LAN' }, hasRadio: true, hasModem: true }
const newer: Factory = {
  ports: { 0: 'WAN', 1: 'LAN', 2: 'WAN', 3: 'LAN', 4: 'LAN', 5: 'LAN' },
  hasModem: true,
}
const factories: Readonly<Record<string, Factory>> = {
  'sag-1000': large,
  'sag-100wm': small,
  SCG5000: newer,
  'SCG5000-5G': newer,
}

export interface SimulatedBox {
  readonly serial: string
  readonly model: string
  /** As its console has it. */
  readonly wanType: BoxReport['wan'][number]['type']
  /** Likewise: servers that a person has set. */
  readonly dnsServers?: readonly string[]
  readonly config: WireConfig | undefined
  /** What of that it cannot do. */
  readonly refused?: BoxReport['refused']
}

/** Nothing is known of the ports of the others. */
export function hasSimulatedBox(model: string): boolean {
  return factories[model] !== undefined
}

/** The port at which the blocks of its branch are; undefined: none is known. */
export function simulatedLanPort(model: string): string | undefined {
  return portsOf(model, 'LAN')[0]
}

function portsOf(model: string, role: PortRole): readonly string[] {
  return Object.entries(factories[model]?.ports ?? {}).flatMap(([name, own]) => (own === role ? [name] : []))
}

/**
 * A box that does not exist, as it would be: the ports of its model, with cables in those that lead somewhere, and what is in
 * force.
 */
export function simulatedBox({
  serial,
  model,
  wanType,
  dnsServers = [],
  config,
  refused = [],
}: SimulatedBox): BoxFacts {
  const factory = factories[model] ?? { ports: {} }
  const box = config?.box ?? {}
  const ports = Object.entries(factory.ports).map(([name, own]) => ({
    name,
    role: box.roles?.find(({ port }) => port === name)?.role ?? own,
  }))
  const of = (role: PortRole): readonly string[] => ports.flatMap((one) => (one.role === role ? [one.name] : []))
  const lines = of('WAN').map((port) => wanOf(port, wanType, box))
  const carrying = lines.filter(({ priority = 1 }) => priority > 0).sort(byPriority)[0]
  const [firstLan] = of('LAN')
  const lan = of('LAN').map((port) => lanOf(port, port === firstLan, config))
  const isUsed = (name: string): boolean => name === lines[0]?.port || name === firstLan
  const ecc = (box.ecc ?? []).filter(({ port }) => of('ECC').includes(port))
  return {
    ports: ports.map(({ name, role }, index) => ({ name, mac: macOf(serial, index), isUp: isUsed(name), role })),
    wan: lines.map((line) => ({ ...line, isActive: line === carrying })),
    lan,
    snat: box.snat === true,
    dns: dnsOf(box, dnsServers, carrying?.type ?? wanType),
    ecc,
    ha: box.ha ?? { mode: 'NONE' },
    ...(factory.hasManagement === true ? { management: box.management ?? factoryManagement } : {}),
    ...(factory.hasRadio === true ? { wifi: radioOf(box) } : {}),
    // Nobody has put a card into it.
    ...(factory.hasModem === true
      ? { modem: { status: 'Unavailable' as const, strength: 'Unavailable' as const, isActive: false } }
      : {}),
    routing: simulatedRouting(config, {
      wan: of('WAN'),
      lan: of('LAN'),
      leased: ecc,
      routerId: lan[0]?.ip,
      isKeyLost: refused.some(({ section }) => section === 'ospf'),
    }),
    staticRoutes: config?.box?.staticRoutes ?? [],
    refused,
  }
}

type Line = Omit<BoxReport['wan'][number], 'isActive'>

function byPriority(one: Line, other: Line): number {
  return (one.priority ?? 1) - (other.priority ?? 1)
}

function wanOf(port: string, type: SimulatedBox['wanType'], { wan = [] }: BoxConfig): Line {
  const { password: _, ...set } = wan.find((one) => one.port === port) ?? { port, type }
  return set
}

function radioOf({ wifi = factoryWifi }: BoxConfig): NonNullable<BoxReport['wifi']> {
  const { password: _, ...radio } = { password: undefined, ...wifi }
  return radio
}

/** What the line of a box that does not exist would name (RFC 5737). */
const learntServers = ['192.0.2.53', '192.0.2.54']

function dnsOf(
  box: BoxConfig,
  atConsole: readonly string[],
  wanType: SimulatedBox['wanType'],
): NonNullable<BoxReport['dns']> {
  const [master, slave] = atConsole.filter((server) => ipv4ToNumber(server) !== undefined)
  const own = master === undefined ? undefined : { master, ...(slave === undefined ? {} : { slave }) }
  const set = box.dns ?? own
  const servers = [set?.master, set?.slave].filter((server) => server !== undefined)
  const learnt = wanType === 'STATIC' ? [] : learntServers
  return { ...(set === undefined ? {} : { set }), current: servers.length === 0 ? learnt : servers }
}

const factoryManagement = { ip: '192.168.0.1', length: 24 }

const factoryWifi: NonNullable<BoxReport['wifi']> = {
  isOn: false,
  ssid: '',
  isBroadcast: true,
  channel: 0,
  bandwidth: 'Automatic',
  authentication: 'NONE',
  cipher: 'AUTO',
}

/** The blocks of the branch are at its first port. */
function lanOf(port: string, isFirst: boolean, config: WireConfig | undefined): BoxReport['lan'][number] {
  const set = config?.box?.lan?.find((one) => one.port === port)
  const cidrs = config?.cidrs.slice(0, 1).map(networkOf) ?? []
  const { blocks, dhcp } = planLan(isFirst ? cidrs : [], config?.box, port)
  const own = blocks.find(({ address }) => address === set?.ip) ?? blocks[0]
  return {
    port,
    type: dhcp === undefined ? 'STATIC' : 'DHCP',
    ...(own === undefined ? {} : { ip: own.address, length: own.length }),
    ...(dhcp === undefined ? {} : { start: dhcp.first, end: dhcp.last, lease: Math.round(dhcp.seconds / 60) }),
  }
}

/** Of the kind that anybody may give (IEEE 802: the second bit of the first byte), always the same. */
function macOf(serial: string, index: number): string {
  const hash = createHash('sha256').update(`${serial} ${index}`).digest()
  return [0x02, ...hash.subarray(0, 5)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')
}
