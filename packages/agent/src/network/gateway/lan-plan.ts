import type { LanPort, WireConfig } from '@opensag/protocol'
import { type Cidr, contains, enclosing, firstHost, ipv4ToNumber, numberToIpv4 } from '@opensag/rules'

/** A CIDR block of the branch. */
export interface Block {
  readonly cidr: string
  /** Of the network the gateway has its address in: that of the block, or a part of it. */
  readonly length: number
  /** Of the gateway. */
  readonly address: string
}

/** What a gateway gives to terminals. */
export interface DhcpPlan {
  readonly router: string
  readonly first: string
  readonly last: string
  readonly mask: string
  /** How long an address is a terminal's. */
  readonly seconds: number
}

export interface LanPlan {
  readonly blocks: readonly Block[]
  /** Undefined: it gives no addresses. */
  readonly dhcp: DhcpPlan | undefined
}

/** Seconds: it bounds how long a terminal keeps an address of a block that is gone. */
const leaseSeconds = 120

/**
 * The addresses of the branch's port. Where nobody has set them: of each block the first a host can have, and the rest of the
 * first block for terminals. What is set takes the place of that in its block; without a block around it is one of its own.
 */
export function planLan(onWire: readonly Cidr[], box: WireConfig['box'], port: string): LanPlan {
  const set = box?.lan?.find((one) => one.port === port)
  const blocks = onWire.map(blockOf)
  if (set === undefined) {
    const [first] = onWire
    return { blocks, dhcp: first && wholeBlock(first) }
  }
  const subnet = enclosing(ipv4ToNumber(set.ip) ?? 0, set.length)
  const index = onWire.findIndex((block) => contains(block, subnet))
  const own = { cidr: onWire[index]?.cidr ?? subnet.cidr, length: set.length, address: set.ip }
  return {
    blocks: index < 0 ? [...blocks, own] : blocks.with(index, own),
    dhcp: set.type === 'DHCP' ? pool(set, subnet) : undefined,
  }
}

function blockOf(block: Cidr): Block {
  return { cidr: block.cidr, length: block.length, address: numberToIpv4(firstHost(block)) }
}

function wholeBlock(block: Cidr): DhcpPlan | undefined {
  const { last, length } = block
  const [own, end] = [firstHost(block), length >= 31 ? last : last - 1]
  if (own >= end) return undefined
  return { router: numberToIpv4(own), ...range(own + 1, end), mask: maskOf(length), seconds: leaseSeconds }
}

/** Without a range the whole subnet. The server never gives the address of the port itself. */
function pool({ ip, length, start, end, lease }: LanPort, { first, last }: Cidr): DhcpPlan {
  const whole = range(first + 1, last - 1)
  const given = start === undefined || end === undefined ? whole : { first: start, last: end }
  // The server raises what is less, so it is said as it is.
  return { router: ip, ...given, mask: maskOf(length), seconds: Math.max(leaseSeconds, lease * 60) }
}

function range(first: number, last: number): { readonly first: string; readonly last: string } {
  return { first: numberToIpv4(first), last: numberToIpv4(last) }
}

function maskOf(length: number): string {
  return numberToIpv4(2 ** 32 - 2 ** (32 - length))
}
