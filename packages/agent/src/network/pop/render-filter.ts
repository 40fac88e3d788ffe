import type { PopConfig, PopMember } from '@opensag/protocol'
import { contains } from '@opensag/rules'
import { networkOf } from '../cidr.ts'
import { ownTable } from '../own-table.ts'
import { renderAclChain } from '../render-acl-chain.ts'
import { isolatedMark, learntMark, linkOf, linkPrefix, meshLink } from './names.ts'
import type { Attachment } from './setup.ts'

type Network = PopConfig['networks'][number]

/** Bytes of the headers of IPv4 and TCP. */
const headers = 40

/**
 * The nftables script of the namespace of one network. What it lets pass is from its own sources only, so it stands before
 * any link is there.
 */
export function renderFilter(
  { interworking, members }: Pick<Network, 'interworking' | 'members'>,
  attachments: readonly Attachment[],
  meshPeer: string | undefined,
  mtu: number,
): string {
  const sources = [
    ...members.flatMap((member) => outermost(member.prefixes).map((prefix) => element(linkOf(member), prefix))),
    ...attachments.flatMap((one) => outermost(one.prefixes).map((prefix) => element(one.interface, prefix))),
  ]
  const learners = members.filter(isLearner).map((member) => `"${linkOf(member)}"`)
  const ends = members.map((member) => element(linkOf(member), member.remote))
  if (meshPeer !== undefined) ends.push(element(meshLink, meshPeer))
  const links = `{ "${linkPrefix}*", "${meshLink}" }`
  return `table inet ${ownTable}
delete table inet ${ownTable}
table inet ${ownTable} {
  # What may come in by which interface. Not said of the mesh: the other point of presence has looked.
  set sources {
    type ifname . ipv4_addr
    flags interval
${elements(sources)}  }
  # Members that may also send from what they announce.
  set learners {
    type ifname
${elements(learners)}  }
  # The far ends of links.
  set ends {
    type ifname . ipv4_addr
${elements(ends)}  }
  chain prerouting {
    type filter hook prerouting priority mangle; policy accept;
    # ${interworking ? 'Members reach one another.' : 'They reach only what is attached.'}
${interworking ? '' : `    iifname "${linkPrefix}*" meta mark set ${isolatedMark}\n`}  }
${renderAcls(attachments)}  chain unlisted {
    iifname != @learners counter drop
    meta mark set ${learntMark} fib saddr . mark . iif oif missing counter drop
  }
  chain forward {
    type filter hook forward priority filter; policy drop;
    iifname != "${meshLink}" iifname . ip saddr != @sources jump unlisted
    oifname ${links} tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu
    iifname ${links} tcp flags & (syn | rst) == syn tcp option maxseg size set ${mtu - headers}
    meta nfproto ipv4 accept
  }
  chain input {
    type filter hook input priority filter; policy drop;
    iifname . ip saddr @ends tcp dport 179 accept
    iifname . ip saddr @ends tcp sport 179 accept
    iifname . ip saddr @ends udp dport { 3784, 3785 } accept
    meta l4proto icmp limit rate 1000/second accept
  }
  chain urgent {
    type filter hook output priority mangle; policy accept;
    # Whether the other end lives is asked also while the link is full (bandwidth).
    oifname "${linkPrefix}*" udp dport { 3784, 3785 } meta priority set 1:10
    oifname "${linkPrefix}*" tcp dport 179 meta priority set 1:10
    oifname "${linkPrefix}*" tcp sport 179 meta priority set 1:10
  }
}
`
}

/** A chain for each interface with a list, so that what one lets pass is still asked of the other. */
function renderAcls(attachments: readonly Attachment[]): string {
  // An interface may have several attachments, and all of them its list.
  const lists = new Map(attachments.map((one) => [one.interface, one.acl]))
  return [...lists]
    .map(([name, acl]) =>
      acl === undefined
        ? ''
        : renderAclChain(`acl-${name}`, acl, ({ direction }) => [
            `${direction === 'out' ? 'iifname' : 'oifname'} "${name}"`,
          ]),
    )
    .join('')
}

export function isLearner({ routing }: PopMember): boolean {
  return routing === 'dynamic'
}

/** Those that lie in no other one: a set of intervals takes no two that overlap. */
function outermost(prefixes: readonly string[]): readonly string[] {
  const networks = [...new Set(prefixes)].map(networkOf)
  return networks
    .filter((one) => !networks.some((other) => other !== one && contains(other, one)))
    .map(({ cidr }) => cidr)
}

function element(link: string, address: string): string {
  return `"${link}" . ${address}`
}

function elements(all: readonly string[]): string {
  return all.length === 0 ? '' : `    elements = {\n${all.map((one) => `      ${one}`).join(',\n')}\n    }\n`
}
