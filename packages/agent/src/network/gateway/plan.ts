import type {
  AclConfig,
  DpiConfig,
  NetworkConfig,
  QosConfig,
  RouteRule,
  StaticRoute,
  WireConfig,
  WireDnat,
  WireFlowLog,
} from '@opensag/protocol'
import { type Cidr, contains, ipv4ToNumber } from '@opensag/rules'
import { type HealthStatuses, keptRoutes, noHealth } from '../../route-distribution.ts'
import { type ApplicationSet, setsOf } from '../applications/application-sets.ts'
import type { TrafficClass } from '../bandwidth.ts'
import { networkOf } from '../cidr.ts'
import { linkMtu, linkOverhead, privateRanges } from '../names.ts'
import { type DnsPlan, planDns } from './dns-plan.ts'
import { type Block, type LanPlan, planLan } from './lan-plan.ts'
import { type Leased, planLeased } from './leased-plan.ts'
import { type PairPlan, planPair } from './pair-plan.ts'
import { planRouting, type RoutingPlan } from './routing-plan.ts'
import type { GatewaySetup } from './setup.ts'
import { liesBehindRouter, staticRoutesOf } from './static-routes.ts'
import { planWan, type WanPlan } from './wan-plan.ts'

/** What a gateway makes of its machine. It follows from the configuration and the machine, and all else follows from it. */
export interface GatewayPlan extends GatewaySetup {
  readonly network: NetworkConfig | undefined
  /** One for each point of presence, in their order. */
  readonly links: readonly Link[]
  /** The blocks of the branch, wherever they lie. */
  readonly cidrs: readonly string[]
  /** Those that are on the wire of the branch. */
  readonly blocks: readonly Block[]
  /** What terminals are given; undefined: nothing. */
  readonly dhcp: LanPlan['dhcp']
  /** How the branch is answered that asks the gateway for names; undefined: it is not. */
  readonly dns: DnsPlan | undefined
  /** What is set of the line to the Internet. */
  readonly line: WanPlan
  /** Leased lines that its branch reaches, and is reached by, beside its network. */
  readonly leased: readonly Leased[]
  /** What the branch sends to the Internet leaves by the WAN, with the address of that. */
  readonly breaksOut: boolean
  /** Blocks that the points of presence are told of, wherever they lie. */
  readonly visible: readonly string[]
  /** Prefixes that the points of presence are told of, whatever is learnt and wherever routers are. */
  readonly announced: readonly string[]
  /** Ranges of the branch that leave as one address, which nobody reaches from outside. */
  readonly hidden: readonly { readonly cidr: string; readonly ip: string }[]
  /** What comes to an address and goes to a host of the branch; what only some packets mean before what more of them do. */
  readonly dnat: readonly WireDnat[]
  /** Which connections of the branch pass, the first rule that matches counts; none: all pass. */
  readonly acl: AclConfig
  /** How its connections are recorded, and from which address the records are sent; undefined: they are not. */
  readonly flowLog: { readonly log: WireFlowLog; readonly source: string | undefined } | undefined
  /** Sets of connections that rules are for. */
  readonly applicationSets: readonly ApplicationSet[]
  /** Its applications are recognised, and recorded as it says; undefined: they are not. */
  readonly dpi: DpiConfig | undefined
  /** Where the local console is reached from inside the network. */
  readonly consoleAt: { readonly ip: string; readonly port: number } | undefined
  /** Addresses inside the network that its probes are sent from, beside those of its blocks. */
  readonly probeAddresses: readonly string[]
  /** How what its links send is divided; none: not at all. */
  readonly classes: readonly TrafficClass[]
  /** Which packets belong to which class, in order. */
  readonly rules: QosConfig['rules']
  /** How the addresses of the branch are shared with another gateway; undefined: they are this one's alone. */
  readonly pair: PairPlan | undefined
  /** Points of presence are told of what the routers of the branch announce. */
  readonly isDynamic: boolean
  /** What is spoken with the routers of the branch. */
  readonly routing: RoutingPlan
  /** Networks behind routers on its wires, as they are set. */
  readonly staticRoutes: readonly StaticRoute[]
  /** Routes that are not told to the other side, as health checks stand now. */
  readonly kept: readonly RouteRule[]
}

/** The VXLAN interface over one tunnel. */
export interface Link {
  readonly name: string
  readonly vni: number
  /** Tunnel addresses of the gateway and the point of presence. */
  readonly local: string
  readonly remote: string
  /** Ends of the link, a /31. */
  readonly address: string
  readonly peer: string
  readonly mtu: number
}

/** What of the machine a plan depends on. */
export interface MachineFacts {
  readonly wanMtu: number
  /** Addresses the machine has there by itself, with their lengths. */
  readonly wanAddresses: readonly string[]
  readonly hasTags: boolean
  /** Of the local console; undefined: there is none. */
  readonly consolePort: number | undefined
  /** DNS servers that its line to the Internet names. */
  readonly learntDns: readonly string[]
  /** Absent: nothing is known of any. */
  readonly health?: HealthStatuses
}

/** @param config undefined: the gateway is bound to no instance. */
export function planGateway(setup: GatewaySetup, config: WireConfig | undefined, facts: MachineFacts): GatewayPlan {
  const { network } = config ?? {}
  const isDynamic = config?.routingStrategy === 'dynamic'
  const all = config?.cidrs.map(networkOf) ?? []
  // Beyond the first, blocks of dynamic routing lie where the routers of the branch say (D: the list is not advertised then).
  const onWire = isDynamic ? all.slice(0, 1) : all
  const hidden = config?.snat ?? []
  const accelerated = config?.dpi?.accelerated
  const dnat = [...(config?.dnat ?? [])].sort((one, other) => width(one) - width(other))
  const leased = planLeased(config?.box, { spare: setup.spare ?? [], hasTags: facts.hasTags })
  const staticRoutes = staticRoutesOf(config, { ...setup, leased })
  // What is behind a router of the branch is told by the route to it, and only while there is one.
  const isBehind = (block: Cidr): boolean => staticRoutes.some((route) => liesBehindRouter(block, route))
  const wired = onWire.filter((block) => !isBehind(block))
  const visible = onWire.filter((block) => !hidden.some(({ cidr }) => contains(networkOf(cidr), block)))
  const { blocks, dhcp } = planLan(wired, config?.box, setup.lan)
  const { remoteAccessIp, probeAddresses = [] } = config ?? {}
  const consoleAt =
    remoteAccessIp === undefined || facts.consolePort === undefined
      ? undefined
      : { ip: remoteAccessIp, port: facts.consolePort }
  return {
    ...setup,
    network,
    links: (network?.pops ?? []).map((pop, slot) => ({
      name: `ccn${slot}`,
      vni: pop.vni,
      local: network?.address ?? '',
      remote: pop.address,
      address: pop.local,
      peer: pop.remote,
      mtu: Math.min(linkMtu, facts.wanMtu - linkOverhead),
    })),
    cidrs: all.map(({ cidr }) => cidr),
    blocks,
    dhcp,
    dns: planDns(config?.box, {
      wan: setup.wan,
      address: blocks[0]?.address,
      learnt: facts.learntDns,
      isInside: (ip) => isInside(ip, all),
    }),
    line: planWan(config?.box, setup.wan, facts.wanAddresses),
    leased,
    breaksOut: config?.box?.snat === true,
    pair: config?.pair && planPair(config.pair, blocks, setup, config.box?.ha),
    visible: visible.map(({ cidr }) => cidr),
    announced: [
      ...visible.filter((block) => !isBehind(block)).map(({ cidr }) => cidr),
      ...new Set([...hidden, ...dnat].flatMap(({ ip }) => (ip === undefined ? [] : [`${ip}/32`]))),
      ...(consoleAt === undefined ? [] : [`${consoleAt.ip}/32`]),
      ...probeAddresses.map((ip) => `${ip}/32`),
    ],
    hidden,
    dnat,
    classes: [
      ...(accelerated === undefined ? [] : [acceleratedClass(accelerated)]),
      ...(config?.qos?.classes ?? []).map((one) => classOf(one, network?.bandwidth ?? 0)),
    ],
    rules: [...(accelerated === undefined ? [] : [acceleratedRule(accelerated)]), ...(config?.qos?.rules ?? [])],
    acl: config?.acl ?? [],
    flowLog: config?.flowLog && { log: config.flowLog, source: sourceOfRecords(config.flowLog, all, blocks) },
    dpi: config?.dpi,
    applicationSets: setsOf([
      ...(config?.acl ?? []),
      ...(config?.qos?.rules ?? []),
      ...(accelerated === undefined ? [] : [accelerated]),
    ]),
    consoleAt,
    probeAddresses,
    isDynamic,
    routing: planRouting(setup, config, leased),
    staticRoutes,
    kept: keptRoutes(config?.routeRules, facts.health ?? noHealth),
  }
}

const privateNetworks = privateRanges.map(networkOf)

/**
 * Datagrams to a collector with a private address, or in the branch, are the branch's own: they find its routes or none. A public
 * collector is the will of the one who named it, and gets them by the WAN in the clear.
 */
function sourceOfRecords(
  { netflow }: WireFlowLog,
  branch: readonly Cidr[],
  [block]: readonly Block[],
): string | undefined {
  return isInside(netflow?.ip ?? '', branch) ? (block?.address ?? nowhere) : undefined
}

/** A private address, or one of the branch. */
function isInside(ip: string, branch: readonly Cidr[]): boolean {
  const address = ipv4ToNumber(ip)
  return [...privateNetworks, ...branch].some(
    ({ first, last }) => address !== undefined && first <= address && address <= last,
  )
}

/** Nobody has it, so nothing can be sent from it. */
const nowhere = '192.0.2.0'

/** How much an entry takes: one port, all of a protocol, everything. */
function width({ protocol, ports }: WireDnat): number {
  if (protocol === 'any') return 2
  return ports === undefined ? 1 : 0
}

function classOf({ priority, unit, min, max }: QosConfig['classes'][number], bandwidth: number): TrafficClass {
  const kilobits = unit === 'mbit' ? 1000 : bandwidth * 10
  return { priority, min: min * kilobits, max: max * kilobits }
}

type Accelerated = NonNullable<DpiConfig['accelerated']>

/** Before those of QoS, whose priorities begin with 1. */
function acceleratedClass({ megabits }: Accelerated): TrafficClass {
  return { priority: 0, min: megabits * 1000, max: megabits * 1000 }
}

function acceleratedRule({ applications }: Accelerated): QosConfig['rules'][number] {
  return { priority: 0, protocol: 'any', from: '0.0.0.0/0', to: '0.0.0.0/0', applications }
}
