/** One connection of the kernel's table, as its two ends see it: before any translation of addresses. */
export interface Flow {
  /** The kernel's number for it; another connection may get it later. */
  readonly id: string
  /** Number of the protocol: 6 TCP, 17 UDP, 1 ICMP. */
  readonly protocol: number
  readonly from: End
  readonly to: End
  readonly sent: Count
  readonly answered: Count
}

export interface End {
  readonly address: string
  /** Of ICMP: of the end that is asked, its type and code; 0 where a protocol has none. */
  readonly port: number
}

export interface Count {
  readonly packets: number
  readonly bytes: number
}

const way =
  'src=([0-9.]+) dst=([0-9.]+)(?: sport=(\\d+) dport=(\\d+))?(?: type=(\\d+) code=(\\d+) id=\\d+)?[^=]*? packets=(\\d+) bytes=(\\d+)'
const line = new RegExp(`^\\S+\\s+(\\d+) .*?${way}.*? ${way}.*\\bid=(\\d+)`)

/**
 * What `conntrack -L -o id` writes. A connection that is not counted is left out: it began before counting did. So are those
 * whose ends are inside of tunnels: they are the gateway's own.
 */
export function flowsIn(text: string): readonly Flow[] {
  return text.split('\n').flatMap((one) => flowIn(one) ?? [])
}

function flowIn(text: string): Flow | undefined {
  const found = line.exec(text)
  if (found === null) return undefined
  const [, protocol, from, , fromPort, , type, code, packets, bytes, to, , toPort, , , , answers, answered, id] = found
  if (from === undefined || to === undefined || id === undefined || isInTunnel(from) || isInTunnel(to)) return undefined
  const asked = type === undefined ? Number(toPort ?? 0) : Number(type) * 256 + Number(code)
  return {
    id,
    protocol: Number(protocol),
    from: { address: from, port: Number(fromPort ?? 0) },
    // Who answers is where the connection was led to.
    to: { address: to, port: asked },
    sent: { packets: Number(packets), bytes: Number(bytes) },
    answered: { packets: Number(answers), bytes: Number(answered) },
  }
}

function isInTunnel(address: string): boolean {
  return /^198\.1[89]\./.test(address)
}
