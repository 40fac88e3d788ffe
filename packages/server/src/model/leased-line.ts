import type { BoxReport, LeasedLine } from '@opensag/protocol'
import { type BoxSettings, maskLength } from './box.ts'
import { hostProblem, subnetProblem } from './port-subnet.ts'

/** D */
export const mostVlans = 5

/** The tag of a subinterface, 1 to 4094, or 0 for the port itself; undefined: it is none. */
export function vlanTag(text: string): number | undefined {
  const tag = Number(text)
  return /^\d{1,4}$/.test(text) && tag <= 4094 ? tag : undefined
}

/** The bits of a mask between 8 and 31: of a line between two routers there may be no more than they. */
export function lineMaskLength(text: string): number | undefined {
  return text === '255.255.255.254' ? 31 : maskLength(text)
}

/** The addresses on leased lines as they are set, or as the box says they are. */
export function linesBefore(settings: BoxSettings, report: Pick<BoxReport, 'ecc'>): readonly LeasedLine[] {
  return settings.ecc ?? report.ecc ?? []
}

export function isSameLine(one: Pick<LeasedLine, 'port' | 'vlan'>, other: Pick<LeasedLine, 'port' | 'vlan'>): boolean {
  return one.port === other.port && one.vlan === other.vlan
}

/** What is set with one line less: what was set of it beside its address, its routes and its protocol, is gone too. */
export function withoutLine(
  { settings, report }: { readonly settings: BoxSettings; readonly report: Pick<BoxReport, 'ecc' | 'staticRoutes'> },
  line: Pick<LeasedLine, 'port' | 'vlan'>,
): Pick<BoxSettings, 'ecc' | 'staticRoutes' | 'portProtocols'> {
  const isOther = (one: Pick<LeasedLine, 'port' | 'vlan'>): boolean => !isSameLine(one, line)
  const { staticRoutes = report.staticRoutes ?? [], portProtocols = [] } = settings
  return {
    ecc: linesBefore(settings, report).filter(isOther),
    ...(staticRoutes.every(isOther) ? {} : { staticRoutes: staticRoutes.filter(isOther) }),
    ...(portProtocols.every(isOther) ? {} : { portProtocols: portProtocols.filter(isOther) }),
  }
}

/** Why there cannot be one more; undefined: there can. */
export function newLineProblem(
  all: readonly LeasedLine[],
  wanted: Pick<LeasedLine, 'port' | 'vlan'>,
): 'Sag.EccVlanExist' | 'Sag.EccVlanDefault' | 'Sag.EccVlanOverLimit' | undefined {
  if (all.some((one) => isSameLine(one, wanted))) return 'Sag.EccVlanExist'
  const beside = all.filter(({ port }) => port === wanted.port)
  // Packets without a tag have the port for themselves, whichever of the two was first.
  if (beside.some(({ vlan }) => vlan === 0 || wanted.vlan === 0)) return 'Sag.EccVlanDefault'
  return all.length >= mostVlans ? 'Sag.EccVlanOverLimit' : undefined
}

/** Why a line cannot have this address, in a sentence; undefined: it can. */
export function lineProblem(
  wanted: LeasedLine,
  all: readonly LeasedLine[],
  { lan, wan, management }: Pick<BoxReport, 'lan' | 'wan' | 'management'>,
): string | undefined {
  const ecc = all.filter((one) => !isSameLine(one, wanted))
  // Of two addresses, both are of hosts (RFC 3021).
  const host = wanted.length < 31 ? hostProblem(wanted) : undefined
  return host ?? subnetProblem(wanted, { lan, wan, management, ecc })
}
