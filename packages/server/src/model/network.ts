import type { NetworkConfig, PopConfig, PopMember } from '@opensag/protocol'
import { ipv4ToNumber, numberToIpv4 } from '@opensag/rules'
import { isActivated, isInArrears, type Service } from './activation.ts'
import type { Instance } from './instance.ts'

/** A point of presence as gateways and the other one are told of it. */
export interface Pop {
  readonly serial: string
  /** Its number among all devices with a network. */
  readonly number: number
  /** IPv4 address at which it takes tunnels. */
  readonly endpoint: string
}

/** A device of an instance and its number. */
export interface NumberedDevice {
  readonly serial: string
  readonly number: number
}

/** An instance as far as its network goes. */
export interface NetworkInstance
  extends Service,
    Pick<Instance, 'ccnId' | 'maxBandwidth' | 'upBandwidthWan' | 'accessPoint'> {
  /** All that are bound to it. One without a number has never had a network. */
  readonly devices: readonly { readonly serial: string; readonly number: number | undefined }[]
}

/** A gateway has two links at most: one bit of a VNI tells them apart (C). */
export const mostPops = 2
/** The highest number of a device: all addresses of links are of 198.19.0.0/16 (C). */
export const lastDeviceNumber = 16_383
/** What one configuration of a pop has at most (`popSchema`). */
export const mostNetworks = 1_000
export const mostMembers = 4_000
/** The highest number of a SAG APP instance: a port follows from it. */
export const lastAppNumber = 65_535 - 1193
/** The highest number of a CCN: the VNI of its mesh has 24 bits (C). */
export const lastCcnNumber = 2 ** 23 - 1

const [gatewayBase, popBase, linkBase] = ['198.18.0.0', '198.18.128.0', '198.19.0.0'].map(
  (text) => ipv4ToNumber(text) ?? 0,
) as [number, number, number]
const firstAs = 4_200_000_000

/** Its users have tunnels while a SAG APP instance is activated, not overdue and in a CCN (docs/remote-access.md). */
export function hasRemoteAccess(instance: Instance, now: number): instance is Instance & { readonly ccnId: string } {
  return instance.kind === 'app' && isServed(instance, now)
}

/** UDP, where the users of a SAG APP instance come in. That of number 1 is the port of OpenVPN (IANA). */
export function portOf(number: number): number {
  return 1193 + number
}

/** An instance has tunnels while it is activated, not overdue and in a CCN (docs/network.md). */
export function hasNetwork<I extends Service & Pick<Instance, 'ccnId'>>(
  instance: I,
  now: number,
): instance is I & { readonly ccnId: string } {
  return instance.kind !== 'app' && isServed(instance, now)
}

function isServed(instance: Service & Pick<Instance, 'ccnId'>, now: number): boolean {
  return instance.ccnId !== undefined && isActivated(instance, now) && !isInArrears(instance, now)
}

/**
 * What each gateway of an instance is told of its network, by serial number; nothing for an instance without one. Undefined:
 * one of its devices has no number yet.
 */
export function networksOf(
  instance: NetworkInstance,
  { pops, now }: { readonly pops: readonly Pop[]; readonly now: number },
): ReadonlyMap<string, NetworkConfig> | undefined {
  if (pops.length === 0 || !hasNetwork(instance, now)) return new Map()
  const devices = numbered(instance)
  if (devices === undefined) return undefined
  const around = { devices, bandwidth: sentBandwidth(instance), pops, preferred: instance.accessPoint }
  return new Map(devices.map((device) => [device.serial, networkOf(device, around)]))
}

/** Mbit/s, what a gateway of the instance sends at most: less than what was bought where its WAN takes less. */
function sentBandwidth({ maxBandwidth, upBandwidthWan }: Pick<Instance, 'maxBandwidth' | 'upBandwidthWan'>): number {
  return Math.min(maxBandwidth, upBandwidthWan || maxBandwidth)
}

/** The devices of an instance in the order of their serial numbers; undefined when one has no number. */
export function numbered(instance: Pick<NetworkInstance, 'devices'>): readonly NumberedDevice[] | undefined {
  const devices: NumberedDevice[] = []
  for (const { serial, number } of instance.devices) {
    if (number === undefined) return undefined
    devices.push({ serial, number })
  }
  return devices.sort((one, other) => (one.serial < other.serial ? -1 : 1))
}

function networkOf(own: NumberedDevice, around: Surroundings): NetworkConfig {
  const { devices, bandwidth } = around
  return {
    address: gatewayAddress(own.number),
    as: asOf(devices),
    bandwidth,
    pops: inOrder(around).map(({ serial, endpoint, number }, slot) => {
      const { vni, gateway, pop } = linkOf(own.number, slot)
      return { serial, endpoint, address: popAddress(number), vni, local: gateway, remote: pop }
    }),
  }
}

/** The same device as a pop is told of it. */
export function memberOf(
  own: NumberedDevice,
  pop: Pop,
  around: Surroundings,
  branch: Pick<PopMember, 'prefixes' | 'routing' | 'standby'>,
): PopMember {
  const { devices, bandwidth } = around
  const slot = inOrder(around).findIndex(({ serial }) => serial === pop.serial)
  const link = linkOf(own.number, slot)
  return {
    serial: own.serial,
    address: gatewayAddress(own.number),
    as: asOf(devices),
    bandwidth,
    backup: slot > 0,
    vni: link.vni,
    local: link.pop,
    remote: link.gateway,
    ...branch,
  }
}

/** What a branch may announce: its blocks, the addresses of its SNAT and DNAT entries, and those at which a device of it is reached. */
export function prefixesOf(
  cidrs: readonly string[],
  translated: readonly number[],
  reached: readonly number[],
): readonly string[] {
  return [...new Set([...cidrs, ...[...translated, ...reached].map((address) => `${numberToIpv4(address)}/32`)])]
}

/** What a pop is told of the others. */
export function peersOf(pop: Pop, pops: readonly Pop[]): PopConfig['peers'] {
  return pops
    .filter(({ serial }) => serial !== pop.serial)
    .map(({ serial, endpoint, number }) => ({ serial, endpoint, address: popAddress(number) }))
}

export function popAddress(number: number): string {
  return numberToIpv4(popBase + number)
}

interface Surroundings {
  /** All of the instance. */
  readonly devices: readonly NumberedDevice[]
  /** Mbit/s. */
  readonly bandwidth: number
  /** By number. */
  readonly pops: readonly Pop[]
  /** Serial number of the one that it was moved to. */
  readonly preferred?: string | undefined
}

function gatewayAddress(number: number): string {
  return numberToIpv4(gatewayBase + number)
}

function linkOf(
  number: number,
  slot: number,
): { readonly vni: number; readonly pop: string; readonly gateway: string } {
  const first = linkBase + 4 * number + 2 * slot
  return { vni: 2 * number + slot, pop: numberToIpv4(first), gateway: numberToIpv4(first + 1) }
}

function lowest(devices: readonly NumberedDevice[]): number {
  return Math.min(...devices.map(({ number }) => number))
}

function asOf(devices: readonly NumberedDevice[]): number {
  return firstAs + lowest(devices)
}

/**
 * Half of the instances prefer the one, half the other; both boxes of a pair the same (C). One that was moved prefers where it
 * was moved to, while that serves.
 */
function inOrder({ pops, devices, preferred }: Surroundings): readonly Pop[] {
  const moved = pops.findIndex(({ serial }) => serial === preferred)
  const usual = pops.length === 0 ? 0 : lowest(devices) % pops.length
  const first = moved === -1 ? usual : moved
  return [...pops.slice(first), ...pops.slice(0, first)]
}
