/** Names and numbers of the network that both its ends know (docs/network.md). */

/** Tunnel addresses and ends of links: nothing of them is ever seen outside of a tunnel. */
export const insideTunnels = '198.18.0.0/15'
/** Of these the tunnel addresses. */
export const tunnelAddresses = '198.18.0.0/16'

/** What no route of the Internet leads to. */
export const privateRanges: readonly string[] = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
]

/** Autonomous system of all points of presence. */
export const popAs = 65_000

/** Bytes of an IP packet on a link, and what its way through a tunnel adds to it. */
export const linkMtu = 1350
export const linkOverhead = 114

/** How `ip` makes a link. Both its ends have to: nothing is learnt from what comes. */
export function vxlan({
  vni,
  local,
  remote,
}: {
  readonly vni: number
  readonly local: string
  readonly remote: string
}): string {
  return `type vxlan id ${vni} local ${local} remote ${remote} dstport 4789 nolearning`
}

/** An interface on a port to a leased line, for packets with this tag. */
export function leasedLink(vlan: number): string {
  return `ecc${vlan}`
}

export const leasedLinks = /^ecc\d{1,4}$/

/** The links of a gateway, one for each point of presence. */
export const gatewayLink = /^ccn\d$/
