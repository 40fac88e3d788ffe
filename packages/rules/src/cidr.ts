/** An IPv4 network: its text, its first and last address as numbers, and the length of its mask. */
export interface Cidr {
  readonly cidr: string
  readonly first: number
  readonly last: number
  readonly length: number
}

/** Why a text is no network that may be used: its syntax, its arithmetic, or policy (S: three stages, in that order). */
export type CidrProblem = 'format' | 'unlawful' | 'reserved'

/** Why a list of networks may not be used; `empty` has no entry at all, `conflict` has two that overlap. */
export type CidrListProblem = 'empty' | CidrProblem | 'conflict'

const problemsInOrder: readonly CidrProblem[] = ['format', 'unlawful', 'reserved']

/** The number of an IPv4 address; undefined unless it is four decimal octets without leading zeros. */
export function ipv4ToNumber(text: string): number | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let number = 0
  for (const part of parts) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return undefined
    number = number * 256 + Number(part)
  }
  return number
}

export function numberToIpv4(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')
}

/** The network of a length that starts at an address, which must have no bit set behind the mask. */
export function cidrAt(first: number, length: number): Cidr {
  return { cidr: `${numberToIpv4(first)}/${length}`, first, last: first + 2 ** (32 - length) - 1, length }
}

export function overlaps(one: Pick<Cidr, 'first' | 'last'>, other: Pick<Cidr, 'first' | 'last'>): boolean {
  return one.first <= other.last && other.first <= one.last
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last
}

/** The first address that a host can have; a /31 has no network and no broadcast address (RFC 3021), a /32 nothing but itself. */
export function firstHost({ first, length }: Pick<Cidr, 'first' | 'length'>): number {
  return length >= 31 ? first : first + 1
}

/** The network of a length that an address is in. */
export function enclosing(address: number, length: number): Cidr {
  return cidrAt(address - (address % 2 ** (32 - length)), length)
}

/**
 * The network a text names, whether a branch may have it or not; else the first stage it fails at: its syntax, or bits
 * set behind the mask.
 */
export function parseNetwork(text: string): Cidr | 'format' | 'unlawful' {
  const [address = '', mask = '', ...rest] = text.split('/')
  const first = ipv4ToNumber(address)
  if (first === undefined || rest.length > 0 || !/^(0|[1-9][0-9]*)$/.test(mask)) return 'format'
  const length = Number(mask)
  if (length > 32 || first % 2 ** (32 - length) !== 0) return 'unlawful'
  return cidrAt(first, length)
}

function known(text: string): Cidr {
  const parsed = parseNetwork(text)
  if (typeof parsed === 'string') throw new Error(`${text} is no network`)
  return parsed
}

/**
 * Ranges no branch may have: this network, the cloud's own services, loopback, link-local, multicast and the rest
 * (C, by analogy with the cloud's VPN gateways).
 */
export const reservedRanges: readonly Cidr[] = [
  '0.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
].map(known)

/** A mask is 8–32 bits long; a network that touches one of the private ranges is not wider than that range (D). */
const shortestMask = 8
const privateRanges: readonly Cidr[] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(known)

/** The network a text names, or why it may not be used. Host bits are refused, not cleared (C). */
export function parseCidr(text: string, reserved: readonly Cidr[] = reservedRanges): Cidr | CidrProblem {
  const parsed = parseNetwork(text)
  if (typeof parsed === 'string') return parsed
  const tooWide = privateRanges.some((range) => overlaps(range, parsed) && parsed.length < range.length)
  if (parsed.length < shortestMask || tooWide) return 'unlawful'
  return reserved.some((range) => overlaps(range, parsed)) ? 'reserved' : parsed
}

/**
 * The networks of a comma-separated list, in its order, or what is wrong with it: the earliest stage any entry fails at.
 * White space around an entry does not count.
 */
export function parseCidrList(
  text: string,
  reserved: readonly Cidr[] = reservedRanges,
): readonly Cidr[] | CidrListProblem {
  const entries = text.split(',').map((entry) => entry.trim())
  if (entries.every((entry) => entry === '')) return 'empty'
  const parsed = entries.map((entry) => parseCidr(entry, reserved))
  const problem = problemsInOrder.find((stage) => parsed.includes(stage))
  if (problem !== undefined) return problem
  const cidrs = parsed.filter((entry) => typeof entry !== 'string')
  return overlapWithin(cidrs) ? 'conflict' : cidrs
}

/** Every network of a comma-separated list, lawful or not, in its order; entries that are none are left out. */
export function networksIn(list: string | undefined): readonly Cidr[] {
  const parsed = (list ?? '').split(',').map((entry) => parseNetwork(entry.trim()))
  return parsed.filter((entry) => typeof entry !== 'string')
}

/** Whether two networks of a list overlap or are the same. */
export function overlapWithin(cidrs: readonly Cidr[]): boolean {
  const sorted = [...cidrs].sort((one, other) => one.first - other.first)
  return sorted.some((cidr, index) => {
    const next = sorted[index + 1]
    return next !== undefined && next.first <= cidr.last
  })
}

/** How many clients find an address: each network keeps three (network, broadcast, the service's own) for itself (C). */
export function usableAddresses(cidrs: readonly Cidr[]): number {
  return cidrs.reduce((sum, cidr) => sum + Math.max(0, 2 ** (32 - cidr.length) - 3), 0)
}

/** The networks as the API shows them. */
export function printCidrs(cidrs: readonly Cidr[]): string {
  return cidrs.map((cidr) => cidr.cidr).join(',')
}
