/** The bandwidth of one client. */
export interface Share {
  /** 2 to {@link mostShares}: free again when the client is gone. */
  readonly slot: number
  readonly address: string
  /** Kbit/s, either way. */
  readonly bandwidth: number
}

/** As many as one table of filters has. */
export const mostShares = 0xfff

interface Pair {
  readonly tun: string
  /** Packets of clients are led through it, since only what leaves an interface can be shaped. */
  readonly ifb: string
}

const hex = (slot: number): string => slot.toString(16)

/** For `tc -batch`: before the first client. What is shaped by nobody's share is our own. */
export function shapingBase({ tun, ifb }: Pair): readonly string[] {
  return [
    ...[tun, ifb].flatMap((device) => [
      `qdisc replace dev ${device} root handle 1: htb default 1`,
      `class replace dev ${device} parent 1: classid 1:1 htb rate 10gbit ceil 10gbit quantum 60000`,
    ]),
    `qdisc replace dev ${tun} handle ffff: ingress`,
    `filter add dev ${tun} parent ffff: protocol ip u32 match u32 0 0 action mirred egress redirect dev ${ifb}`,
  ]
}

/** A client comes. */
export function shareAdded(pair: Pair, share: Share): readonly string[] {
  return directions(pair).flatMap(({ device, field }) => [
    classOf(device, 'add', share),
    `qdisc add dev ${device} parent 1:${hex(share.slot)} pfifo limit 100`,
    `filter add dev ${device} parent 1: protocol ip prio 10 handle 800::${hex(share.slot)} u32 match ip ${field} ${share.address}/32 flowid 1:${hex(share.slot)}`,
  ])
}

/** Its bandwidth is another one, while it goes on. */
export function shareChanged(pair: Pair, share: Share): readonly string[] {
  return directions(pair).map(({ device }) => classOf(device, 'change', share))
}

/** It is gone. */
export function shareRemoved(pair: Pair, { slot }: Pick<Share, 'slot'>): readonly string[] {
  return directions(pair).flatMap(({ device }) => [
    `filter del dev ${device} parent 1: protocol ip prio 10 handle 800::${hex(slot)} u32`,
    `class del dev ${device} classid 1:${hex(slot)}`,
  ])
}

function directions({ tun, ifb }: Pair): readonly { readonly device: string; readonly field: 'dst' | 'src' }[] {
  return [
    { device: tun, field: 'dst' },
    { device: ifb, field: 'src' },
  ]
}

function classOf(device: string, verb: 'add' | 'change', { slot, bandwidth }: Share): string {
  return `class ${verb} dev ${device} parent 1: classid 1:${hex(slot)} htb rate ${bandwidth}kbit ceil ${bandwidth}kbit burst 15k quantum 3000`
}
