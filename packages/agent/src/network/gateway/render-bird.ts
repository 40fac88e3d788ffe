import type { NetworkConfig } from '@opensag/protocol'
import { learntLimit, ownedCommunity, sessionTimers, shortestLearnt } from '../bgp.ts'
import { branchTable, ownedTable } from '../marks.ts'
import { insideTunnels, popAs } from '../names.ts'
import type { GatewayPlan, Link } from './plan.ts'

/**
 * The configuration of BIRD: BGP with BFD to each point of presence, OSPF and BGP with the routers of the branch for
 * `dynamic`. Routes go to the table of the branch, so that nothing learnt is ever in the way of the gateway's own traffic.
 *
 * @param log the file of its log
 */
export function renderBird(plan: GatewayPlan, network: NetworkConfig, log: string): string {
  const { announced, links, isDynamic } = plan
  return `# Written by opensag agent. Changes are lost.
log "${log}" 100000 "${log}.1" { warning, error, fatal, bug };
router id ${network.address};

# What no branch and no network has.
define reserved = [ 0.0.0.0/8+, 127.0.0.0/8+, 169.254.0.0/16+, ${insideTunnels}+, 224.0.0.0/3+ ];
${isDynamic ? branchFilter : ''}
protocol device { }
protocol static own {
  ipv4;
${announced.map((prefix) => `  route ${prefix} ${hop(plan, prefix)};\n`).join('')}}
protocol kernel { kernel table ${branchTable}; persist; ipv4 { import none; export where source != RTS_STATIC; }; }

protocol bfd { interface "ccn*" { interval 200 ms; multiplier 3; }; }
template bgp pop {
  local as ${network.as};
${sessionTimers}}
${links.map((link, slot) => renderPop(link, slot, isDynamic)).join('')}${isDynamic ? renderBranch(plan, network) : ''}`
}

/** One of two gateways announces what both could only while it has the addresses of the branch. */
function hop({ lan, blocks, pair, consoleAt, probeAddresses }: GatewayPlan, prefix: string): string {
  const isOwn = [consoleAt?.ip, ...probeAddresses].some((ip) => prefix === `${ip}/32`)
  if (pair !== undefined && !isOwn) return `via ${pair.besideMark}`
  return blocks.some(({ cidr }) => cidr === prefix) ? `via "${lan}"` : 'blackhole'
}

function renderPop({ name, address, peer }: Link, slot: number, isDynamic: boolean): string {
  return `protocol bgp pop${slot} from pop {
  interface "${name}";
  source address ${address};
  neighbor ${peer} as ${popAs};
  ipv4 {
    import filter { if net ~ reserved then reject; bgp_local_pref = ${slot === 0 ? 200 : 100};${isDynamic ? ' prefer_owned();' : ''} accept; };
    export filter { if source != RTS_STATIC${isDynamic ? ' && ! (proto ~ "lan*")' : ''} then reject; bgp_med = ${slot === 0 ? 10 : 20}; accept; };
    next hop self;
  };
}
`
}

/**
 * What belongs to another one in the network is reached there, whatever routers of the branch announce: the same prefix is
 * preferred to what they do, and a part of it is not looked for before the whole (`ownedTable`).
 */
const branchFilter = `filter of_branch {
  if net.len < ${shortestLearnt} || net ~ reserved then reject;
  accept;
}
function prefer_owned() { if ${ownedCommunity} ~ bgp_community then preference = 200; }
ipv4 table owned;
protocol pipe { table master4; peer table owned; import none; export where ${ownedCommunity} ~ bgp_community; }
protocol kernel { kernel table ${ownedTable}; ipv4 { table owned; import none; export all; }; }
`

/** Numbers of OSPF and BGP as the product has them before they are set (D: hello 3 s, dead 10 s; keepalive 3 s, hold 9 s). */
function renderBranch({ lan, blocks: [first], pair }: GatewayPlan, { as }: NetworkConfig): string {
  // Two gateways of a branch do not speak OSPF with each other: what one has of its tunnel is no way for the other.
  const within = pair === undefined ? '' : ` ${first?.cidr ?? '0.0.0.0/32'}`
  const ospf = `
protocol ospf v2 lan {
  ipv4 { import filter of_branch; import limit ${learntLimit} action block; export where proto ~ "pop*"; };
  area 0 { interface "${lan}"${within} { hello 3; dead 10; }; };
}
`
  if (first === undefined) return ospf
  return `${ospf}protocol bgp lanbgp {
  local as ${as};
  neighbor range ${first.cidr} external;
  dynamic name "lanbgp";
  passive;
  hold time 9;
  ipv4 {
    import filter of_branch;
    import limit ${learntLimit} action block;
    export where proto ~ "pop*";
    next hop self;
  };
}
`
}
