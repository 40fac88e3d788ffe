import type { BoxReport, WanPort } from '@opensag/protocol'
import type { BoxSettings } from './box.ts'
import { gatewayProblem, hostProblem, subnetProblem } from './port-subnet.ts'

/** As each line is from the factory. */
export const factoryLine = { priority: 1, weight: 100, isp: 'Other' } as const satisfies Partial<WanPort>

/** What a call says of a line; what is absent stays as it is. */
export interface WantedWan {
  readonly type: WanPort['type']
  readonly ip: string | undefined
  readonly length: number | undefined
  readonly gateway: string | undefined
  readonly username: string | undefined
  readonly password: WanPort['password']
  readonly priority: number | undefined
  readonly weight: number | undefined
  readonly isp: WanPort['isp'] | undefined
  readonly bandwidth: number | undefined
}

/** Of the values of an address only those of its type are looked at. */
export function wanSettings(port: string, wanted: WantedWan, before: WanPort | undefined): WanPort {
  const { type, ip, length, gateway, username, password } = wanted
  const bandwidth = wanted.bandwidth ?? before?.bandwidth
  return {
    port,
    type,
    ...(type === 'STATIC' ? given({ ip, length, gateway }) : {}),
    ...(type === 'PPPOE' ? given({ username, password }) : {}),
    priority: wanted.priority ?? before?.priority ?? factoryLine.priority,
    weight: wanted.weight ?? before?.weight ?? factoryLine.weight,
    isp: wanted.isp ?? before?.isp ?? factoryLine.isp,
    ...given({ bandwidth }),
  }
}

/** The lines of a box nobody has set yet, as they are: the first that is set takes all of them over. */
export function wanOfReport(wan: BoxReport['wan']): readonly WanPort[] {
  return wan.map(({ port, type, ip, length, gateway, username, priority, weight, isp, bandwidth }) => {
    // One that has no gateway, or is the only address of its subnet, is nothing that can be set.
    const isSettable =
      type !== 'STATIC' || (gateway !== undefined && length !== undefined && length >= 8 && length <= 30)
    const wanted = { type: isSettable ? type : 'DHCP', ip, length, gateway, username, password: undefined } as const
    return wanSettings(port, { ...wanted, priority, weight, isp, bandwidth }, undefined)
  })
}

/** Why a port to the Internet cannot be set like this, in a sentence; undefined: it can. */
export function wanProblem(
  { port, type, ip, length, gateway, username, password }: WanPort,
  report: Pick<BoxReport, 'lan' | 'wan' | 'management' | 'ecc'>,
): string | undefined {
  if (type === 'PPPOE') {
    if (username === undefined) return 'PPPOE needs Username.'
    return password === undefined ? 'PPPOE needs Password: none is stored for this port.' : undefined
  }
  if (type === 'DHCP') return undefined
  if (ip === undefined || length === undefined || gateway === undefined) return 'STATIC needs IP, Mask and Gateway.'
  const end = { ip, length }
  const others = { ...report, wan: report.wan.filter((one) => one.port !== port) }
  return hostProblem(end) ?? gatewayProblem(end, gateway) ?? subnetProblem(end, others)
}

/** The line as it is set, or as the box says it is. */
export function wanBefore(settings: BoxSettings, report: Pick<BoxReport, 'wan'>): readonly WanPort[] {
  return settings.wan ?? wanOfReport(report.wan)
}

/** With what there is: a member that is there and undefined is none of a setting. */
function given<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
}
