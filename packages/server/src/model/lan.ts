import type { BoxConfig, BoxReport, LanPort } from '@opensag/protocol'
import { type Cidr, enclosing, ipv4ToNumber, overlaps } from '@opensag/rules'
import { isHostIn, lanFits } from './box.ts'

/** Minutes. Nothing makes a terminal renew earlier, so it bounds how long a change takes to reach it (C). */
const usualLease = 60

type Pool = Pick<LanPort, 'start' | 'end'>

export interface WantedLan {
  readonly port: string
  readonly type: LanPort['type']
  readonly ip: string
  readonly length: number
  readonly start: string | undefined
  readonly end: string | undefined
  readonly lease: number | undefined
}

/** What a port that gives no addresses was sent of them is not looked at. */
export function lanSettings({ port, type, ip, length, start, end, lease }: WantedLan): LanPort {
  const pool: Pool = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }
  return { port, type, ip, length, lease: lease ?? usualLease, ...(type === 'DHCP' ? pool : {}) }
}

/** The ports of a box nobody has set yet, as they are: the first that is set takes all of them over. */
export function lanOfReport(lan: BoxReport['lan']): readonly LanPort[] {
  return lan.flatMap(({ port, type, ip, length, start, end, lease }) =>
    ip === undefined || length === undefined || length < 8 || length > 30
      ? []
      : [lanSettings({ port, type, ip, length, start, end, lease })],
  )
}

/** Why a port cannot be set like this, in a sentence; undefined: it can. */
export function lanProblem(
  wanted: LanPort,
  report: Pick<BoxReport, 'lan' | 'wan' | 'management' | 'ecc'>,
  blocks: readonly Cidr[],
): string | undefined {
  const { port, ip, length } = wanted
  if (!isHostIn(ip, length)) return 'IP is the address of the network or its broadcast address.'
  const pool = poolProblem(wanted)
  if (pool !== undefined) return pool
  if (!lanFits(ip, length, blocks)) return 'The subnet is in no CIDR block of the instance.'
  const subnet = subnetOf(ip, length)
  const others = [
    ...report.lan.filter((one) => one.port !== port),
    ...report.wan,
    report.management,
    ...(report.ecc ?? []),
  ]
  return isTaken(subnet, others) ? takenSubnet : undefined
}

/** The same of the port for the console. */
export function managementProblem(
  { ip, length, gateway }: NonNullable<BoxConfig['management']>,
  { lan, wan, ecc = [] }: Pick<BoxReport, 'lan' | 'wan' | 'ecc'>,
): string | undefined {
  if (!isHostIn(ip, length)) return 'IP is the address of the network or its broadcast address.'
  const subnet = subnetOf(ip, length)
  if (gateway !== undefined) {
    const isNext = isHostIn(gateway, length) && subnetOf(gateway, length).first === subnet.first && gateway !== ip
    if (!isNext) return 'Gateway is no other host of the subnet.'
  }
  return isTaken(subnet, [...lan, ...wan, ...ecc]) ? takenSubnet : undefined
}

export const takenSubnet = 'The subnet overlaps that of another port of the device.'

export function isTaken(
  subnet: Cidr,
  others: readonly ({ readonly ip?: string | undefined; readonly length?: number | undefined } | undefined)[],
): boolean {
  return others.some((one) => one?.ip !== undefined && overlaps(subnet, subnetOf(one.ip, one.length ?? 32)))
}

function poolProblem({ ip, length, start, end }: LanPort): string | undefined {
  if (start === undefined && end === undefined) return undefined
  if (start === undefined || end === undefined) return 'StartIp and EndIp are given both or not at all.'
  if (![start, end].every((one) => isHostIn(one, length) && subnetOf(one, length).first === subnetOf(ip, length).first))
    return 'StartIp and EndIp are addresses of hosts in the subnet.'
  const [from, own, to] = [number(start), number(ip), number(end)]
  if (from > to) return 'StartIp is after EndIp.'
  return from <= own && own <= to ? 'IP is among the addresses for terminals.' : undefined
}

function subnetOf(ip: string, length: number): Cidr {
  return enclosing(number(ip), length)
}

function number(ip: string): number {
  return ipv4ToNumber(ip) ?? 0
}
