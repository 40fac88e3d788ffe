import type { BoxConfig } from '@opensag/protocol'
import { enclosing, ipv4ToNumber } from '@opensag/rules'
import { leasedLink } from '../names.ts'

/** An address on a leased line. */
export interface Leased {
  /** The interface: the port itself, or one that is made on it for packets with the tag. */
  readonly name: string
  readonly port: string
  /** 0: packets without a tag. */
  readonly vlan: number
  /** With its length. */
  readonly address: string
  readonly subnet: string
}

/** The interface of a port, or of a VLAN on it. */
export function interfaceOf({ port, vlan }: Pick<Leased, 'port' | 'vlan'>): string {
  return vlan === 0 ? port : leasedLink(vlan)
}

/** What leads from the branch into its network, for a set of nftables. */
export function networkLinks(leased: readonly Pick<Leased, 'name'>[]): string {
  return ['ccn0', 'ccn1', ...leased.map(({ name }) => name)].map((name) => `"${name}"`).join(', ')
}

/** What a filter of BIRD tells routes over one of them by. */
export function overLines(leased: readonly Pick<Leased, 'name'>[]): string {
  return leased.map(({ name }) => `ifname = "${name}"`).join(' || ')
}

/** Lines for `ip`: the ports of the branch are up. */
export function portsUp(lan: string, leased: readonly Pick<Leased, 'port'>[]): readonly string[] {
  return [...new Set([lan, ...leased.map(({ port }) => port)])].map((name) => `link set ${name} up`)
}

/** What of a machine leased lines depend on. */
export interface LeasedFacts {
  /** Interfaces that may lead to one. */
  readonly spare: readonly string[]
  /** Packets can have a tag. */
  readonly hasTags: boolean
}

export function planLeased(
  { ecc = [], roles = [] }: BoxConfig = {},
  { spare, hasTags }: LeasedFacts,
): readonly Leased[] {
  const isLeased = (name: string): boolean =>
    spare.includes(name) && roles.some(({ port, role }) => port === name && role === 'ECC')
  return ecc
    .filter(({ port, vlan }) => isLeased(port) && (hasTags || vlan === 0))
    .map(({ port, vlan, ip, length }) => ({
      name: interfaceOf({ port, vlan }),
      port,
      vlan,
      address: `${ip}/${length}`,
      subnet: enclosing(ipv4ToNumber(ip) ?? 0, length).cidr,
    }))
}
