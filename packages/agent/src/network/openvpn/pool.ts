import { enclosing, ipv4ToNumber, numberToIpv4 } from '@opensag/rules'

/** An IPv4 network, as OpenVPN wants it. */
export interface Network {
  readonly network: string
  readonly mask: string
  readonly length: number
  /** The first address, which is never a client's. */
  readonly gateway: string
  has(address: string): boolean
}

/** @throws when the text is no CIDR block */
export function networkOf(cidr: string): Network {
  const [, address = '', length = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(cidr) ?? []
  const number = ipv4ToNumber(address)
  if (number === undefined || Number(length) > 32) throw new Error(`${cidr} is no CIDR block.`)
  const { first, last } = enclosing(number, Number(length))
  return {
    network: numberToIpv4(first),
    mask: numberToIpv4(0xffff_ffff - (last - first)),
    length: Number(length),
    gateway: numberToIpv4(first + 1),
    has(other) {
      const at = ipv4ToNumber(other)
      return at !== undefined && at >= first && at <= last
    },
  }
}
