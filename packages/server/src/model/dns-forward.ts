import { type DnsForward, domainName } from '@opensag/protocol'

/** Through what the servers of a forward are asked: as their port is published (D). */
export const outboundPorts = [
  { index: 0, name: 'eth0', way: 'wan' },
  { index: 2, name: 'lte', way: 'modem' },
] as const

export const outboundTypes = ['Tunnel', 'PhysicalPort', 'None'] as const

/** An entry of the list of a device. */
export interface DnsForwardEntry {
  readonly id: string
  /** As {@link domainOf} gives it. */
  readonly domain: string
  readonly master: string
  readonly slave?: string
  /** Nothing follows from it (D). */
  readonly mode: string
  readonly type: (typeof outboundTypes)[number]
  /** With `PhysicalPort`. */
  readonly port?: (typeof outboundPorts)[number]['index']
}

/** The part of it that its gateway is told. */
export function wireForward({ domain, master, slave, type, port }: DnsForwardEntry): DnsForward {
  const way = type === 'Tunnel' ? 'tunnel' : outboundPorts.find(({ index }) => index === port)?.way
  return { domain, master, ...(slave === undefined ? {} : { slave }), ...(way === undefined ? {} : { way }) }
}

/**
 * The domain that is meant: in lower case, without a dot at its end, and without the `*.` that it may be written with, for
 * everything below it is meant in any case (D). `*` is everything. Undefined: it is no domain.
 */
export function domainOf(text: string): string | undefined {
  const domain = text
    .trim()
    .toLowerCase()
    .replace(/^\*\.(?=.)/, '')
    .replace(/(?<=.)\.$/, '')
  return domain === '*' || domainName.safeParse(domain).success ? domain : undefined
}

/** The port that is meant: either says it; undefined: neither does. */
export function outboundPort(
  index: number | undefined,
  name: string | undefined,
): (typeof outboundPorts)[number]['index'] | 'no such index' | 'no such name' | undefined {
  const byIndex = outboundPorts.find((port) => port.index === index)
  const byName = outboundPorts.find((port) => port.name === name)
  if (index !== undefined && byIndex === undefined) return 'no such index'
  if (name !== undefined && (byName === undefined || (byIndex !== undefined && byIndex !== byName)))
    return 'no such name'
  return (byIndex ?? byName)?.index
}
