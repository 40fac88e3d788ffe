import type { PopConfig } from '@opensag/protocol'
import { insideTunnels, tunnelAddresses } from '../names.ts'
import { ownTable } from '../own-table.ts'
import { meshVniBase } from './names.ts'

/**
 * The nftables script of the machine itself. Links leave by tunnels only, also while strongSwan is dead or not yet
 * there; and what comes out of a tunnel reaches the link of its own member and nothing else of the machine. The kernel
 * takes a frame for a link by its VNI alone: without `links` a member could send into the network of another tenant.
 *
 * Where the kernel encrypts, packets in clear pass the interface itself, and `ipsec` tells; otherwise they pass `ipsec0`.
 */
export function renderGuard(config: PopConfig | undefined): string {
  const links = (config?.networks ?? []).flatMap(({ number, members }) => [
    ...members.map(({ address, vni }) => `${address} . ${vni}`),
    ...(config?.peers ?? []).map(({ address }) => `${address} . ${meshVniBase + number}`),
  ])
  const elements =
    links.length === 0 ? '' : `    elements = {\n${links.map((one) => `      ${one}`).join(',\n')}\n    }\n`
  return `table inet ${ownTable}
delete table inet ${ownTable}
table inet ${ownTable} {
  # The tunnel address and the VNI (the fifth to seventh byte behind the UDP header) of each link.
  set links {
    typeof ip saddr . @th,96,24
${elements}  }
  chain output {
    type filter hook output priority -200; policy accept;
    ip daddr ${insideTunnels} oifname != { "lo", "ipsec0" } rt ipsec missing counter drop
  }
  chain input {
    type filter hook input priority -200; policy accept;
    ip daddr ${insideTunnels} iifname != { "lo", "ipsec0" } meta ipsec missing counter drop
    udp dport 4789 ip daddr != ${insideTunnels} counter drop
    udp dport 4789 ip saddr . @th,96,24 != @links counter drop
    ip daddr ${tunnelAddresses} iifname != "lo" meta l4proto != { icmp, udp } counter drop
    ip daddr ${tunnelAddresses} iifname != "lo" udp dport != 4789 counter drop
  }
  chain forward {
    type filter hook forward priority -200; policy accept;
    ip saddr ${insideTunnels} counter drop
    ip daddr ${insideTunnels} counter drop
  }
}
`
}
