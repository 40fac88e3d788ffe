import { ipv4ToNumber, reservedRanges } from '@opensag/rules'
import { holds } from './snat.ts'

export const dnatTypes = ['Intranet', 'Internet'] as const
/** As they are asked for, and as they are kept and answered. */
export const dnatProtocol = { TCP: 'tcp', UDP: 'udp', Any: 'any' } as const

export type DnatType = (typeof dnatTypes)[number]
export type DnatProtocol = (typeof dnatProtocol)[keyof typeof dnatProtocol]
/** `any`: all ports, each of them as itself. */
export type DnatPort = number | 'any'

/** Destination NAT: what comes to one address goes to a host of the branch. */
export interface DnatEntry {
  readonly id: string
  readonly instanceId: string
  /** From the CCN, or from the Internet. */
  readonly type: DnatType
  readonly protocol: DnatProtocol
  /** Undefined for `Internet`: it is the address of the gateway, which may change. */
  readonly externalIp: number | undefined
  readonly externalPort: DnatPort
  readonly internalIp: number
  readonly internalPort: DnatPort
  readonly createdAt: number
}

/** Entries one instance may have. No number is published (C): the configuration of a gateway has to stay small. */
export const dnatEntryLimit = 50

/** A port from 1 to 65535 or `any`, in any case; undefined: the text is neither. */
export function dnatPort(text: string): DnatPort | undefined {
  const word = text.trim().toLowerCase()
  if (word === 'any') return word
  const port = /^\d{1,5}$/.test(word) ? Number(word) : 0
  return port >= 1 && port <= 65_535 ? port : undefined
}

/** An address that a branch may have. It need not be one of a host: the provider's tests send `10.0.0.0` (S). */
export function dnatAddress(text: string): number | undefined {
  const address = ipv4ToNumber(text.trim())
  return address === undefined || holds(reservedRanges, address) ? undefined : address
}

/** A range of ports has no single port to go to, and only TCP and UDP have ports (C). */
export function portsFit(entry: Pick<DnatEntry, 'protocol' | 'externalPort' | 'internalPort'>): boolean {
  const { protocol, externalPort, internalPort } = entry
  if (protocol === 'any') return externalPort === 'any' && internalPort === 'any'
  return (externalPort === 'any') === (internalPort === 'any')
}

/** A packet can go to one place only, so that the inner pair does not count (C). */
export function isSameWay(one: Way, other: Way): boolean {
  return (
    one.type === other.type &&
    one.externalIp === other.externalIp &&
    one.protocol === other.protocol &&
    one.externalPort === other.externalPort
  )
}

type Way = Pick<DnatEntry, 'type' | 'externalIp' | 'protocol' | 'externalPort'>
