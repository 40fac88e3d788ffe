import type { BoxConfig, BoxReport, BoxSection } from '@opensag/protocol'
import { type Cidr, contains, ipv4ToNumber, isAtLeast, numberToIpv4, parseNetwork } from '@opensag/rules'
import type { Device } from './device.ts'
import { type DnsForwardEntry, wireForward } from './dns-forward.ts'
import { subnetOf } from './port-subnet.ts'

/** The box of a gateway, as it is known: what is set of it, and what it said of itself last. */
export interface Box {
  readonly settings: BoxSettings
  readonly writes: BoxWrites
  /** Undefined: it has said nothing since it was bound. */
  readonly report: (BoxReport & { readonly at: number }) | undefined
}

/** What is set of it, as it is kept: of each forward also what its box does not need. */
export type BoxSettings = Omit<BoxConfig, 'forwards'> & { readonly forwards?: readonly DnsForwardEntry[] }

/**
 * By section: when it was set last, and the revision of the configuration it came into. `problem`: it came into none, and why; what
 * was set before is in force.
 */
export type BoxWrites = {
  readonly [S in BoxSection]?: { readonly at: number; readonly revision: number; readonly problem?: string }
}

type Kind = Pick<Device, 'model' | 'version'>

/** The boxes whose ports the older operations show (C: the version is that of their local console). */
export function hasOlderPorts({ model, version }: Kind): boolean {
  return (model === 'sag-1000' || model === 'sag-100wm') && isAtLeast(version, '2.0.0')
}

/** The large box alone has a port for its console (D). */
export function hasManagementPort(kind: Kind): boolean {
  return kind.model === 'sag-1000' && hasOlderPorts(kind)
}

/** The large box alone gives its ports other roles, that of a leased line among them (D). */
export function hasPortRoles(kind: Kind): boolean {
  return kind.model === 'sag-1000' && hasOlderPorts(kind)
}

/** The small box alone has a radio (D). */
export function hasWifi(kind: Kind): boolean {
  return kind.model === 'sag-100wm' && hasOlderPorts(kind)
}

/** The first version whose box the newer operations show (D). */
export const newerBoxSince = '3.4.2'

export function isNewerBox({ model }: Pick<Kind, 'model'>): boolean {
  return model === 'SCG5000' || model === 'SCG5000-5G'
}

/**
 * What of the settings fits the blocks of the instance: a port whose subnet is in none of them any more goes back to what follows
 * from the blocks (C). Undefined: nothing is left.
 */
export function boxWithin(
  { lan, forwards = [], ...others }: BoxSettings,
  cidrs: readonly string[],
): BoxConfig | undefined {
  const blocks = cidrs.map(parseNetwork).filter((block): block is Cidr => typeof block !== 'string')
  const fitting = lan?.filter(({ ip, length }) => lanFits(ip, length, blocks)) ?? []
  const box = {
    ...others,
    ...(fitting.length === 0 ? {} : { lan: fitting }),
    ...(forwards.length === 0 ? {} : { forwards: forwards.map(wireForward) }),
  }
  return Object.keys(box).length === 0 ? undefined : box
}

/** Where an instance has blocks, its branch lies in them. */
export function lanFits(ip: string, length: number, blocks: readonly Cidr[]): boolean {
  const subnet = subnetOf(ip, length)
  return blocks.length === 0 || blocks.some((block) => contains(block, subnet))
}

/** An address a host can have, as text; undefined: it is none. */
export function hostAddress(text: string): string | undefined {
  const address = ipv4ToNumber(text)
  if (address === undefined) return undefined
  const first = Math.floor(address / 2 ** 24)
  return first > 0 && first < 224 && first !== 127 ? numberToIpv4(address) : undefined
}

/** The bits of a mask between 8 and 30; undefined: it is none. */
export function maskLength(text: string): number | undefined {
  const mask = ipv4ToNumber(text)
  const length = [...Array(23).keys()].map((index) => index + 8).find((bits) => maskOf(bits) === text)
  return mask === undefined ? undefined : length
}

export function maskOf(length: number): string {
  return numberToIpv4(2 ** 32 - 2 ** (32 - length))
}
