import type { BoxConfig, BoxReport, LanPort } from '@opensag/protocol'
import { type Cidr, ipv4ToNumber } from '@opensag/rules'
import { lanFits } from './box.ts'
import { gatewayProblem, hostProblem, isHostOf, subnetProblem } from './port-subnet.ts'

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
  const problem = hostProblem(wanted) ?? poolProblem(wanted)
  if (problem !== undefined) return problem
  if (!lanFits(wanted.ip, wanted.length, blocks)) return 'The subnet is in no CIDR block of the instance.'
  return subnetProblem(wanted, { ...report, lan: report.lan.filter(({ port }) => port !== wanted.port) })
}

/** The same of the port for the console. */
export function managementProblem(
  wanted: NonNullable<BoxConfig['management']>,
  { lan, wan, ecc }: Pick<BoxReport, 'lan' | 'wan' | 'ecc'>,
): string | undefined {
  const { gateway } = wanted
  return (
    hostProblem(wanted) ??
    (gateway === undefined ? undefined : gatewayProblem(wanted, gateway)) ??
    subnetProblem(wanted, { lan, wan, ecc })
  )
}

function poolProblem({ ip, length, start, end }: LanPort): string | undefined {
  if (start === undefined && end === undefined) return undefined
  if (start === undefined || end === undefined) return 'StartIp and EndIp are given both or not at all.'
  if (![start, end].every((one) => isHostOf({ ip, length }, one)))
    return 'StartIp and EndIp are addresses of hosts in the subnet.'
  const [from, own, to] = [number(start), number(ip), number(end)]
  if (from > to) return 'StartIp is after EndIp.'
  return from <= own && own <= to ? 'IP is among the addresses for terminals.' : undefined
}

function number(ip: string): number {
  return ipv4ToNumber(ip) ?? 0
}
