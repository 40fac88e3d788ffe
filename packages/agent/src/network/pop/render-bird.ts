import type { PopConfig, PopMember } from '@opensag/protocol'
import { contains } from '@opensag/rules'
import { learntLimit, ownedCommunity, sessionTimers, shortestLearnt } from '../bgp.ts'
import { networkOf } from '../cidr.ts'
import { popAs } from '../names.ts'
import { isolatedTable, learntTable, linkOf, linkPrefix, meshLink } from './names.ts'
import { ownRanges, type Pattern } from './own-range.ts'
import { isLearner } from './render-filter.ts'
import { reservedRanges } from './reserved.ts'
import { type Attachment, connectedOf } from './setup.ts'

type Network = Pick<PopConfig['networks'][number], 'interworking' | 'members'>

/** Ends of the mesh (docs/network.md). */
export interface Mesh {
  readonly local: string
  readonly remote: string
}

/** The configuration of BIRD in the namespace of one network, but for its log. */
export function renderBird(
  routerId: string,
  { interworking, members }: Network,
  attachments: readonly Attachment[],
  mesh: Mesh | undefined,
): string {
  const own = ownPrefixes(members, attachments)
  const routes = attachments.flatMap((one) =>
    one.prefixes.map((prefix) => `  route ${prefix} via ${hop(one, prefix)};\n`),
  )
  return `router id ${routerId};

# What a member reaches while members do not reach one another: their prefixes are nowhere, also within a larger one that
# is attached.
ipv4 table attached;
# What members have announced beyond their own prefixes.
ipv4 table learnt;
define from_member = (${popAs}, 1);
define from_learner = (${popAs}, 2);
define owned = ${ownedCommunity};
# What belongs to somebody: nobody else announces it, a part of it, or what contains it.
define taken = [ ${takenBy(members, attachments).join(', ')} ];

# A gateway that this is the second point of presence of is reached by its first one. Of two of a branch the one that stands by
# announces it only in place of the other one, which may be dead and not be missed yet.
function clean(ip far_end; int the_med)
{
  if bgp_next_hop != far_end then reject;
  bgp_community.empty;
  bgp_community.add(from_member);
  bgp_med = the_med;
  bgp_local_pref = 100;
}

protocol device { }
protocol static {
  ipv4 { import filter { if net.len > 0 then bgp_community.add(owned); accept; }; };
${routes.join('')}}
protocol kernel { persist; ipv4 { import none; export all; }; }
protocol pipe { table master4; peer table attached; import none;
  export filter { if from_member ~ bgp_community then dest = RTD_UNREACHABLE; accept; }; }
protocol kernel { kernel table ${isolatedTable}; persist; ipv4 { table attached; import none; export all; }; }
protocol pipe { table master4; peer table learnt; import none;
  export where (from_learner ~ bgp_community) && proto != "${meshLink}"; }
protocol kernel { kernel table ${learntTable}; persist; merge paths on; ipv4 { table learnt; import none; export all; }; }

protocol bfd { interface "${linkPrefix}*", "${meshLink}" { interval 200 ms; multiplier 3; }; }
template bgp branch {
  local as ${popAs};
${sessionTimers}  ipv4 {
    import none;
    import limit ${learntLimit} action block;
    export where source ~ [ RTS_BGP, RTS_STATIC ]${interworking ? '' : ' && ! (from_member ~ bgp_community)'};
    next hop self;
  };
}
${members.map((one, index) => renderMember(one, own[index] ?? [])).join('')}${mesh === undefined ? '' : renderMesh(mesh)}`
}

function renderMember(member: PopMember, own: readonly Pattern[]): string {
  const { local, remote, backup, standby, as } = member
  return `protocol bgp m${member.vni} from branch {
  interface "${linkOf(member)}";
  source address ${local};
  neighbor ${remote} as ${as};
  ipv4 { import filter {
    clean(${remote}, ${(backup ? 20 : 10) - (standby === true ? 1 : 0)});
${isLearner(member) ? learnt(own) : `    bgp_community.add(owned);\n    if ${among(own.map(({ network }) => network.cidr))} then accept;\n    reject;\n`}  }; };
}
`
}

function learnt(own: readonly Pattern[]): string {
  return `    bgp_community.add(from_learner);
    if net.len < ${shortestLearnt} then reject;
    if ${among(own.map(({ network, low, high }) => `${network.cidr}{${low},${high}}`))} then { bgp_community.add(owned); accept; }
    if net ~ taken then reject;
    accept;
`
}

function renderMesh({ local, remote }: Mesh): string {
  return `protocol bgp ${meshLink} {
  interface "${meshLink}";
  source address ${local};
  local as ${popAs};
  neighbor ${remote} as ${popAs};
  direct;
${sessionTimers}  ipv4 { import all; export where source ~ [ RTS_BGP, RTS_STATIC ]; next hop self; };
}
`
}

/** An empty set is no set for BIRD. */
function among(patterns: readonly string[]): string {
  return patterns.length === 0 ? 'false' : `net ~ [ ${patterns.join(', ')} ]`
}

/** What is announced of an attachment lies on its wire, or behind its router. */
function hop({ interface: name, address, gateway }: Attachment, prefix: string): string {
  return gateway === undefined || contains(connectedOf(address), networkOf(prefix)) ? `"${name}"` : gateway
}

function takenBy(members: readonly PopMember[], attachments: readonly Attachment[]): readonly string[] {
  const all = [...members, ...attachments].flatMap(({ prefixes }) => prefixes.map(networkOf))
  // Who is attached to everything leaves all to be learnt that is nobody's.
  const owned = [...reservedRanges, ...all.filter(({ length }) => length > 0)].map(({ cidr }) => cidr)
  return [...new Set(owned)].flatMap((cidr) => [`${cidr}+`, `${cidr}-`])
}

/** Of each member. Two boxes of one instance have the same prefixes, which are theirs both. */
function ownPrefixes(
  members: readonly PopMember[],
  attachments: readonly Attachment[],
): readonly (readonly Pattern[])[] {
  const others = [...reservedRanges, ...attachments.flatMap(({ prefixes }) => prefixes.map(networkOf))]
  const all = [
    ...members.flatMap(({ as, prefixes }) => prefixes.map((prefix) => ({ owner: as, network: networkOf(prefix) }))),
    ...others.filter(({ length }) => length > 0).map((network) => ({ owner: 0, network })),
  ]
  const ranges = ownRanges(
    all.map(({ network }) => network),
    (a, b) => all[a]?.owner === all[b]?.owner,
  )
  let taken = 0
  return members.map(({ prefixes }) => {
    taken += prefixes.length
    return ranges.slice(taken - prefixes.length, taken)
  })
}
