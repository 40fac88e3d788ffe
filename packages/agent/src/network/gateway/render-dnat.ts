import type { WireDnat } from '@opensag/protocol'
import { publishedMark } from '../marks.ts'
import { insideTunnels } from '../names.ts'
import type { GatewayPlan } from './plan.ts'

/**
 * The chains that lead what comes to an address to a host of the branch, where there are such entries.
 *
 * `from-internet` first lets be what the gateway itself lives of, or an entry of any protocol would cut it off: packets out of a
 * tunnel, ESP and IKE, the answers of its DHCP server, and connections of TCP that it did not see begin, such as that with the
 * server after its table of connections was lost.
 */
export function renderLead({ wan, dnat }: Pick<GatewayPlan, 'wan' | 'dnat'>): string {
  if (dnat.length === 0) return ''
  const inner = dnat.filter(({ ip }) => ip !== undefined)
  const fromInternet = dnat.filter(({ ip }) => ip === undefined)
  return `
  chain lead {
    type nat hook prerouting priority dstnat; policy accept;
${inner.map((entry) => `    iifname { "ccn0", "ccn1" } ip daddr ${entry.ip} ${led(entry)}\n`).join('')}${
  fromInternet.length === 0 ? '' : `    iifname "${wan}" goto from-internet\n`
}  }
${fromInternet.length === 0 ? '' : renderFromInternet(fromInternet)}`
}

function renderFromInternet(entries: readonly WireDnat[]): string {
  const marked = `ct mark set ${publishedMark} meta mark set ${publishedMark}`
  return `  chain from-internet {
    meta ipsec exists return
    ip daddr ${insideTunnels} return
    meta l4proto { esp, ah } return
    udp dport { 500, 4500 } return
    udp sport 67 udp dport 68 return
    tcp flags & (fin | syn | rst | ack) != syn return
    fib daddr . iif type != local return
${entries.map((entry) => `    ${led(entry, `${marked} `)}\n`).join('')}  }
`
}

/** What of a packet an entry asks for, and what becomes of it. */
function led({ protocol, ports, to }: WireDnat, marked = ''): string {
  if (protocol === 'any') return `${marked}dnat ip to ${to}`
  if (ports === undefined) return `meta l4proto ${protocol} ${marked}dnat ip to ${to}`
  return `${protocol} dport ${ports.from} ${marked}dnat ip to ${to}:${ports.to}`
}

/** The rules of a connection from the Internet: in to the branch, and only its answers out; nothing of it is the gateway's own. Empty without such entries. */
export function renderPublished({ lan, wan, dnat }: Pick<GatewayPlan, 'lan' | 'wan' | 'dnat'>): string {
  if (!isPublished({ dnat })) return ''
  return `  chain published {
    iifname "${wan}" oifname "${lan}" ct direction original ct status dnat accept
    iifname "${lan}" oifname "${wan}" ct direction reply ct status dnat accept
    counter drop
  }
`
}

/** Whether something of the branch is reached from the Internet. */
export function isPublished({ dnat }: Pick<GatewayPlan, 'dnat'>): boolean {
  return dnat.some(({ ip }) => ip === undefined)
}
