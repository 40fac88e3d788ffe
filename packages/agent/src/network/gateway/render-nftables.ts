import { renderSets } from '../applications/application-sets.ts'
import { branchTable, publishedMark } from '../marks.ts'
import { insideTunnels, privateRanges, tunnelAddresses } from '../names.ts'
import { ownTable } from '../own-table.ts'
import { networkLinks } from './leased-plan.ts'
import type { GatewayPlan } from './plan.ts'
import { renderAcl } from './render-acl.ts'
import { renderClassification } from './render-classification.ts'
import { isPublished, renderLead, renderPublished } from './render-dnat.ts'

/** Bytes of the headers of IPv4 and TCP. */
const tcpHeaders = 40

/**
 * The nftables script of a gateway: one table, replaced in one transaction. The lock has another, which must outlive that.
 *
 * `guard-…`: links leave by tunnels only, also while strongSwan is dead or not yet there, and only tunnels lead to them.
 * Where the kernel encrypts, packets in clear pass the interface itself, and `ipsec` tells; otherwise they pass `ipsec0`. A link
 * takes any frame with its VNI, whoever sends it. Nothing else of the gateway is reached through a tunnel.
 * `forward`: the branch reaches its links and itself, and nothing of it leaves by another interface but the answers to connections
 * that an entry of DNAT has let in from there. With SNAT of the WAN the branch also reaches the Internet, which is what no
 * private network and no tunnel has: whatever should have gone through a tunnel that is down does not go in the clear. What a
 * person has set a route for by the port to the Internet leaves there, and what answers it comes in.
 */
export function renderNftables(plan: GatewayPlan): string {
  const { lan, wan, links, hidden, consoleAt, probeAddresses, breaksOut } = plan
  const own = plan.blocks.map(({ address }) => address).join(', ')
  const network = `{ ${networkLinks(plan.leased)} }`
  const ours = `${quoted(lan)}, ${networkLinks(plan.leased)}`
  const lines = plan.leased.map(({ name }) => quoted(name)).join(', ')
  const frames = links.map(({ remote, vni }) => `${remote} . ${vni}`)
  const outside = plan.staticRoutes.filter(({ port }) => port === wan).map(({ to }) => to)
  const answered = breaksOut || outside.length > 0
  const leads = plan.dnat.some(({ ip }) => ip !== undefined)
  const published = isPublished(plan)
  const ends = links.map(({ peer, address }) => `${peer} . ${address}`)
  return `table inet ${ownTable}
delete table inet ${ownTable}
table inet ${ownTable} {
  # Tunnel address of the other end, and the VNI: the fifth to seventh byte behind the UDP header.
  set frames { typeof ip saddr . @th,96,24;${elements(frames)} }
  # Both ends of each link.
  set ends { type ipv4_addr . ipv4_addr;${elements(ends)} }
  set hidden { type ipv4_addr; flags interval; auto-merge;${elements(hidden.map(({ cidr }) => cidr))} }
${renderSets(plan.applicationSets)}
  chain guard-output {
    type filter hook output priority -200; policy accept;
    ip daddr ${insideTunnels} oifname != { "lo", "ipsec0", "ccn0", "ccn1" } rt ipsec missing counter drop
  }
  chain guard-input {
    type filter hook input priority -200; policy accept;
    ip daddr ${insideTunnels} iifname != { "lo", "ipsec0", "ccn0", "ccn1" } meta ipsec missing counter drop
    udp dport 4789 ip daddr != ${insideTunnels} counter drop
    udp dport 4789 ip saddr . @th,96,24 != @frames counter drop
    ip daddr ${tunnelAddresses} iifname != "lo" meta l4proto != { icmp, udp } counter drop
    ip daddr ${tunnelAddresses} iifname != "lo" udp dport != 4789 counter drop
  }
  # What the gateway itself answers to the branch, and says of packets of it, stays inside: an ICMP error quotes them. One about
  # a packet that found no route belongs to no connection.
  chain mark-branch {
    type filter hook prerouting priority mangle; policy accept;
${published ? `    ct mark ${publishedMark} meta mark set ${publishedMark} accept\n` : ''}    iifname { ${ours} } ct mark set ${branchTable}
  }
  chain guard-answers {
    type filter hook output priority mangle; policy accept;
    oifname { "lo", "ipsec0", ${ours} } accept
    ct mark ${branchTable} counter drop
    meta l4proto icmp ct state invalid counter drop
${breaksOut && own !== '' ? `    ip saddr { ${own} } counter drop\n` : ''}  }
  chain guard-forward {
    type filter hook forward priority -200; policy accept;
    ip saddr ${insideTunnels} iifname != { "ccn0", "ccn1" } counter drop
    ip daddr ${insideTunnels} counter drop
  }

  chain input {
    type filter hook input priority filter; policy accept;
${published ? `    ct mark ${publishedMark} counter drop\n` : ''}${consoleAt === undefined ? '' : `    ip daddr ${consoleAt.ip} iifname != { "lo", "ccn0", "ccn1" } drop\n`}${probeAddresses.length === 0 ? '' : `    ip daddr { ${probeAddresses.join(', ')} } iifname != { "lo", ${ours} } drop\n`}    iifname ${network} jump from-network
  }
  chain from-network {
    ct state established,related accept
    meta l4proto icmp accept
    ip saddr . ip daddr @ends tcp dport 179 accept
${lines === '' ? '' : `    iifname { ${lines} } tcp dport 179 accept\n`}    ip saddr . ip daddr @ends udp dport { 3784, 3785 } accept
${consoleAt === undefined ? '' : `    ip daddr ${consoleAt.ip} tcp dport ${consoleAt.port} accept\n`}    drop
  }

  chain forward {
    type filter hook forward priority filter; policy accept;
${published ? `    ct mark ${publishedMark} goto published\n` : ''}    iifname { ${ours} } goto branch
${answered ? `    iifname ${quoted(wan)} oifname ${outside.length > 0 ? `{ ${ours} }` : quoted(lan)} ct direction reply ct mark ${branchTable} accept\n` : ''}    oifname { ${ours} } drop
  }
${renderPublished(plan)}  chain branch {
${leads ? `    iifname { "ccn0", "ccn1" } oifname ${quoted(lan)} ct status dnat accept\n` : ''}    iifname { "ccn0", "ccn1" } ip daddr @hidden ct state new drop
    iifname ${quoted(lan)} oifname { ${ours} } accept
    iifname ${network} oifname ${quoted(lan)} accept
${outside.length === 0 ? '' : `    oifname ${quoted(wan)} ip daddr { ${outside.join(', ')} } ip daddr != ${insideTunnels} accept\n`}${breaksOut ? `    iifname ${quoted(lan)} oifname ${quoted(wan)} ip daddr != { ${[insideTunnels, ...privateRanges].join(', ')} } accept\n` : ''}    drop
  }

${renderAcl(plan)}  chain segment-size {
    type filter hook forward priority mangle; policy accept;
    oifname { "ccn0", "ccn1" } tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu
${links.map(({ name, mtu }) => `    iifname "${name}" tcp flags & (syn | rst) == syn tcp option maxseg size set ${mtu - tcpHeaders}\n`).join('')}  }
${renderClassification(plan)}  chain urgent {
    type filter hook output priority mangle; policy accept;
    # Whether the other end lives is asked also while the link is full (bandwidth).
    oifname { "ccn0", "ccn1" } udp dport { 3784, 3785 } meta priority set 1:10
    oifname { "ccn0", "ccn1" } tcp dport 179 meta priority set 1:10
    oifname { "ccn0", "ccn1" } tcp sport 179 meta priority set 1:10
  }
  chain translate {
    type nat hook postrouting priority srcnat; policy accept;
${hidden.map(({ cidr, ip }) => `    oifname { "ccn0", "ccn1" } ip saddr ${cidr} snat ip to ${ip}\n`).join('')}${
  breaksOut ? `    iifname ${quoted(lan)} oifname ${quoted(wan)} masquerade\n` : ''
}  }
${renderLead(plan)}}
`
}

/** An empty list of elements is an error of syntax. */
function elements(all: readonly string[]): string {
  return all.length === 0 ? '' : ` elements = { ${all.join(', ')} };`
}

function quoted(name: string): string {
  return `"${name}"`
}
