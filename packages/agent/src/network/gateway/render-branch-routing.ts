import { learntLimit, ownedCommunity, shortestLearnt } from '../bgp.ts'
import { ownedTable } from '../marks.ts'
import { overLines } from './leased-plan.ts'
import type { GatewayPlan } from './plan.ts'
import { keptFromBranch } from './render-kept.ts'
import { staticProtocol } from './static-routes.ts'

/**
 * What belongs to another one in the network is reached there, whatever routers of the branch announce: the same prefix is
 * preferred to what they do, and a part of it is not looked for before the whole (`ownedTable`).
 */
export const branchFilter = `filter of_branch {
  if net.len < ${shortestLearnt} || net ~ reserved then reject;
  accept;
}
function prefer_owned() { if ${ownedCommunity} ~ bgp_community then preference = 200; }
ipv4 table owned;
protocol pipe { table master4; peer table owned; import none; export where ${ownedCommunity} ~ bgp_community || proto = "${staticProtocol}"; }
protocol kernel { kernel table ${ownedTable}; ipv4 { table owned; import none; export all; }; }
`

/** Names of protocols of BIRD that speak with routers of the branch; all begin with `lan`. */
export const ospfName = 'lan'
export const bgpName = (index: number): string => `lanbgp${index}`

/** What routers of the branch are told. */
function toldOf(plan: GatewayPlan): string {
  return `export where proto ~ "pop*"${keptFromBranch(plan)};`
}

/** What the other side of a leased line is told: the branch. Packets of the cloud do not go there, nor those of another line. */
function toldOnLine({ leased }: GatewayPlan): string {
  return `export where proto = "own" || (proto ~ "lan*" && ! (${overLines(leased)}));`
}

function learns(told: string): string {
  return `import filter of_branch; import limit ${learntLimit} action block; ${told}`
}

/**
 * OSPF and BGP with the routers of the branch.
 *
 * @param key of OSPF, as BIRD writes it; undefined: it could not be opened, or there is none. Without a key that is set it is not spoken.
 */
export function renderBranch(plan: GatewayPlan, key: string | undefined): string {
  const { routing, network } = plan
  const { ospf, sessions, isListening } = routing
  const asksForKey = ospf !== undefined && ospf.authentication !== 'NONE'
  return [
    ...(ospf === undefined || (asksForKey && key === undefined) ? [] : [renderOspf(plan, ospf, key ?? '')]),
    ...(isListening && network !== undefined ? [renderListening(plan, network.as)] : []),
    ...sessions.map((session, index) => renderSession(plan, session, index)),
  ].join('')
}

type Routing = GatewayPlan['routing']

function renderOspf(
  plan: GatewayPlan,
  { routerId, area, hello, dead, authentication, md5KeyId }: NonNullable<Routing['ospf']>,
  key: string,
): string {
  const {
    lan,
    blocks: [first],
    pair,
  } = plan
  // Two gateways of a branch do not speak OSPF with each other: what one has of its tunnel is no way for the other.
  const within = pair === undefined ? '' : ` ${first?.cidr ?? '0.0.0.0/32'}`
  const asked = {
    NONE: '',
    CLEARTEXT: ` authentication simple; password ${key};`,
    MD5: ` authentication cryptographic; password ${key} { id ${md5KeyId ?? 1}; algorithm keyed md5; };`,
  }[authentication]
  // The backbone is none of an NSSA, and has any number of routers on one wire.
  const [nssa, type] = area === 0 ? ['', ''] : [' nssa;', ' type ptp;']
  return `
protocol ospf v2 ${ospfName} {${routerIdOf(routerId)}
  ipv4 { ${learns(toldOf(plan))} };
  area ${area} {${nssa} interface "${lan}"${within} {${type} hello ${hello}; dead ${dead};${asked} }; };
}
`
}

function renderSession(plan: GatewayPlan, session: Routing['sessions'][number], index: number): string {
  const { ip, as: remote, port } = session
  const { routerId, as, hold, keepAlive } = plan.routing.bgp
  // A keepalive of 0 is none of BGP; BIRD takes a third of the hold time.
  const keeps = keepAlive === 0 ? '' : ` keepalive time ${keepAlive};`
  return `protocol bgp ${bgpName(index)} {${routerIdOf(routerId)}
  local as ${as};
  neighbor ${ip} as ${remote};
  direct;
  connect retry time 1; connect delay time 1; error wait time 1, 4;
  hold time ${hold};${keeps}
  ipv4 { ${learns(port === plan.lan ? toldOf(plan) : toldOnLine(plan))} next hop self; };
}
`
}

function routerIdOf(routerId: string | undefined): string {
  return routerId === undefined ? '' : `\n  router id ${routerId};`
}

/** Where nothing is set, who speaks BGP in the first block is listened to. */
function renderListening(plan: GatewayPlan, as: number): string {
  const [first] = plan.blocks
  if (first === undefined) return ''
  return `protocol bgp lanbgp {
  local as ${as};
  neighbor range ${first.cidr} external;
  dynamic name "lanbgp";
  passive;
  hold time 9;
  ipv4 {
    import filter of_branch;
    import limit ${learntLimit} action block;
    ${toldOf(plan)}
    next hop self;
  };
}
`
}
