import { type Cidr, enclosing, ipv4ToNumber, overlaps } from '@opensag/rules'

/** The address of a port, and the bits of its mask. */
interface End {
  readonly ip: string
  readonly length: number
}

/** As a box says it, which may not know it. */
interface ReportedEnd {
  readonly ip?: string | undefined
  readonly length?: number | undefined
}

/** Every end that a box has, by what it is for. */
interface Ends {
  readonly lan: readonly ReportedEnd[]
  readonly wan: readonly ReportedEnd[]
  readonly management?: ReportedEnd | undefined
  readonly ecc?: readonly ReportedEnd[] | undefined
}

export function subnetOf(ip: string, length: number): Cidr {
  return enclosing(ipv4ToNumber(ip) ?? 0, length)
}

/** Whether a host of the subnet of this end can have the address: it is neither the network's nor the broadcast address. */
export function isHostOf({ ip, length }: End, address: string): boolean {
  const { first, last } = subnetOf(ip, length)
  const number = ipv4ToNumber(address) ?? 0
  return first < number && number < last
}

/** Why no port can have this address, in a sentence; undefined: one can. */
export function hostProblem(end: End): string | undefined {
  return isHostOf(end, end.ip) ? undefined : 'IP is the address of the network or its broadcast address.'
}

/** Why this is no router for the port, in a sentence; undefined: it is one. */
export function gatewayProblem(end: End, gateway: string): string | undefined {
  return isHostOf(end, gateway) && gateway !== end.ip ? undefined : 'Gateway is no other host of the subnet.'
}

/** Why no port beside these can have this subnet, in a sentence; undefined: one can. */
export function subnetProblem({ ip, length }: End, { lan, wan, management, ecc = [] }: Ends): string | undefined {
  const subnet = subnetOf(ip, length)
  const isTaken = [...lan, ...wan, management, ...ecc].some(
    (one) => one?.ip !== undefined && overlaps(subnet, subnetOf(one.ip, one.length ?? 32)),
  )
  return isTaken ? 'The subnet overlaps that of another port of the device.' : undefined
}
