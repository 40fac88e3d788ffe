import { sessionTimers } from '../bgp.ts'
import { branchTable } from '../marks.ts'
import { insideTunnels, popAs } from '../names.ts'
import { interfaceOf, overLines } from './leased-plan.ts'
import type { GatewayPlan, Link } from './plan.ts'
import { branchFilter, renderBranch } from './render-branch-routing.ts'
import { keptFromCloud } from './render-kept.ts'
import { staticProtocol } from './static-routes.ts'

/**
 * The configuration of BIRD: static routes; in a network BGP with BFD to each point of presence; OSPF and BGP with the routers of
 * the branch. Routes go to the table of the branch, so that nothing learnt or set is ever in the way of the gateway's own traffic.
 * Undefined: there is nobody to speak with and no static route.
 *
 * @param log the file of its log
 * @param key of OSPF, as BIRD writes it
 */
export function renderBird(plan: GatewayPlan, log: string, key?: string): string | undefined {
  const { announced, blocks, network, routing, staticRoutes } = plan
  const hasStatic = staticRoutes.length > 0
  const routerId = network?.address ?? routing.ospf?.routerId ?? blocks[0]?.address ?? (hasStatic ? anyId : undefined)
  if ((network === undefined && !routing.learns && !hasStatic) || routerId === undefined) return undefined
  return `# Written by opensag agent. Changes are lost.
log "${log}" 100000 "${log}.1" { warning, error, fatal, bug };
router id ${routerId};

# What no branch and no network has.
define reserved = [ 0.0.0.0/8+, 127.0.0.0/8+, 169.254.0.0/16+, ${insideTunnels}+, 224.0.0.0/3+ ];
${routing.learns ? branchFilter : ''}
protocol device { }
protocol static own {
  ipv4;
${announced.map((prefix) => `  route ${prefix} ${hop(plan, prefix)};\n`).join('')}}
${renderStatic(plan)}protocol kernel { kernel table ${branchTable}; persist; ipv4 { import none; export where proto != "own"; }; }
${network === undefined ? '' : renderPops(plan, network.as)}${renderBranch(plan, key)}`
}

/** Of one that speaks with nobody. */
const anyId = '192.0.2.1'

/**
 * Their router has to be on the wire of the port; until it is they are none. What a person has set goes before what is learnt (a
 * greater preference than that of what belongs to others).
 */
function renderStatic({ staticRoutes }: GatewayPlan): string {
  if (staticRoutes.length === 0) return ''
  const lines = staticRoutes.map((route) => `  route ${route.to} via ${route.via}%'${interfaceOf(route)}';\n`)
  return `protocol static ${staticProtocol} {
  ipv4 { import filter { if net ~ reserved then reject; preference = 210; accept; }; };
${lines.join('')}}
`
}

function renderPops(plan: GatewayPlan, as: number): string {
  return `
protocol bfd { interface "ccn*" { interval 200 ms; multiplier 3; }; }
template bgp pop {
  local as ${as};
${sessionTimers}}
${plan.links.map((link, slot) => renderPop(link, slot, plan)).join('')}`
}

/** One of two gateways announces what both could only while it has the addresses of the branch. */
function hop({ lan, blocks, pair, consoleAt, probeAddresses }: GatewayPlan, prefix: string): string {
  const isOwn = [consoleAt?.ip, ...probeAddresses].some((ip) => prefix === `${ip}/32`)
  if (pair !== undefined && !isOwn) return `via ${pair.besideMark}`
  return blocks.some(({ cidr }) => cidr === prefix) ? `via "${lan}"` : 'blackhole'
}

function renderPop({ name, address, peer }: Link, slot: number, plan: GatewayPlan): string {
  const { isDynamic, routing } = plan
  const told = `source != RTS_STATIC${isDynamic && routing.learns ? ' && ! (proto ~ "lan*")' : ''}`
  return `protocol bgp pop${slot} from pop {
  interface "${name}";
  source address ${address};
  neighbor ${peer} as ${popAs};
  ipv4 {
    import filter { if net ~ reserved then reject; bgp_local_pref = ${slot === 0 ? 200 : 100};${routing.learns ? ' prefer_owned();' : ''} accept; };
    export filter { if ${told} then reject; ${unannounced(plan)}${behindLines(plan)}${keptFromCloud(plan)}bgp_med = ${slot === 0 ? 10 : 20}; accept; };
    next hop self;
  };
}
`
}

/** The cloud reaches the branch, and not what its leased lines lead to. */
function behindLines({ leased }: GatewayPlan): string {
  if (leased.length === 0) return ''
  return `if proto ~ "lan*" && (${overLines(leased)}) then reject; `
}

/** With `static` the cloud hears of the blocks alone, wherever they lie (D). */
function unannounced({ isDynamic, staticRoutes, visible }: GatewayPlan): string {
  if (isDynamic || staticRoutes.length === 0) return ''
  const blocks = visible.length === 0 ? '' : ` && ! (net ~ [ ${visible.join(', ')} ])`
  return `if proto = "${staticProtocol}"${blocks} then reject; `
}
