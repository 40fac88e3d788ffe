import { isIPv6 } from 'node:net'
import { ipv4ToNumber } from '@opensag/rules'

/** An address as a number; IPv4 inside IPv6 (`::ffff:192.0.2.1`, as a socket of both families reports it) is IPv4. */
export interface Address {
  readonly bits: 32 | 128
  readonly value: bigint
}

export interface Network {
  readonly bits: 32 | 128
  readonly prefix: bigint
  /** How many low bits do not count. */
  readonly free: bigint
}

const mappedPrefix = 0xffffn

export function parseAddress(text: string): Address | undefined {
  const ipv4 = ipv4ToNumber(text)
  if (ipv4 !== undefined) return { bits: 32, value: BigInt(ipv4) }
  // A zone index (fe80::1%eth0) means something only on one machine.
  if (text.includes('%') || !isIPv6(text)) return undefined
  const value = ipv6ToNumber(text)
  return value >> 32n === mappedPrefix ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value }
}

/** An address or a CIDR block of either family. Bits behind the mask are allowed and do not count (our choice). */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/')
  const address = parseAddress(slash === -1 ? text : text.slice(0, slash))
  if (address === undefined) return undefined
  if (slash === -1) return { bits: address.bits, prefix: address.value, free: 0n }
  const mask = text.slice(slash + 1)
  if (!/^(0|[1-9][0-9]{0,2})$/.test(mask)) return undefined
  const isMapped = address.bits === 32 && text.includes(':')
  const length = Number(mask) - (isMapped ? 96 : 0)
  if (length < 0 || length > address.bits) return undefined
  const free = BigInt(address.bits - length)
  return { bits: address.bits, prefix: address.value >> free, free }
}

export function holds(network: Network, { bits, value }: Address): boolean {
  return network.bits === bits && value >> network.free === network.prefix
}

/** @param text accepted by the platform as an IPv6 address. */
function ipv6ToNumber(text: string): bigint {
  const [head = '', tail] = text.split('::')
  const before = groups(head)
  const after = tail === undefined ? [] : groups(tail)
  const zeros = Array<number>(8 - before.length - after.length).fill(0)
  return [...before, ...zeros, ...after].reduce((sum, group) => (sum << 16n) | BigInt(group), 0n)
}

function groups(text: string): readonly number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)]
    const ipv4 = ipv4ToNumber(group)
    if (ipv4 === undefined) throw new Error('The platform accepted an IPv6 address with an unreadable IPv4 part.')
    return [ipv4 >>> 16, ipv4 & 0xffff]
  })
}
