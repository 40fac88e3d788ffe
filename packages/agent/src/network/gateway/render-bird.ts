import { sessionTimers } from '../bgp.ts'
import { branchTable } from '../marks.ts'
import { insideTunnels, popAs } from '../names.ts'
import type { GatewayPlan, Link } from './plan.ts'
import { branchFilter, renderBranch } from './render-branch-routing.ts'

/**
 * The configuration of BIRD: BGP with BFD to each point of presence, OSPF and BGP with the routers of the branch. Routes go to the
 * table of the branch, so that nothing learnt is ever in the way of the gateway's own traffic. Undefined: there is nobody to speak with.
 *
 * @param log the file of its log
 * @param key of OSPF, as BIRD writes it
 */
export function renderBird(plan: GatewayPlan, log: string, key?: string): string | undefined {
  const { announced, blocks, network, routing } = plan
  const routerId = network?.address ?? routing.ospf?.routerId ?? blocks[0]?.address
  if ((network === undefined && !routing.learns) || routerId === undefined) return undefined
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
protocol kernel { kernel table ${branchTable}; persist; ipv4 { import none; export where source != RTS_STATIC; }; }

protocol bfd { interface "ccn*" { interval 200 ms; multiplier 3; }; }
${network === undefined ? '' : renderPops(plan, network.as)}${renderBranch(plan, key)}`
}

function renderPops({ links, isDynamic, routing }: GatewayPlan, as: number): string {
  const told = `source != RTS_STATIC${isDynamic && routing.learns ? ' && ! (proto ~ "lan*")' : ''}`
  return `template bgp pop {
  local as ${as};
${sessionTimers}}
${links.map((link, slot) => renderPop(link, slot, { told, prefers: routing.learns })).join('')}`
}

/** One of two gateways announces what both could only while it has the addresses of the branch. */
function hop({ lan, blocks, pair, consoleAt, probeAddresses }: GatewayPlan, prefix: string): string {
  const isOwn = [consoleAt?.ip, ...probeAddresses].some((ip) => prefix === `${ip}/32`)
  if (pair !== undefined && !isOwn) return `via ${pair.besideMark}`
  return blocks.some(({ cidr }) => cidr === prefix) ? `via "${lan}"` : 'blackhole'
}

function renderPop(
  { name, address, peer }: Link,
  slot: number,
  { told, prefers }: { readonly told: string; readonly prefers: boolean },
): string {
  return `protocol bgp pop${slot} from pop {
  interface "${name}";
  source address ${address};
  neighbor ${peer} as ${popAs};
  ipv4 {
    import filter { if net ~ reserved then reject; bgp_local_pref = ${slot === 0 ? 200 : 100};${prefers ? ' prefer_owned();' : ''} accept; };
    export filter { if ${told} then reject; bgp_med = ${slot === 0 ? 10 : 20}; accept; };
    next hop self;
  };
}
`
}
