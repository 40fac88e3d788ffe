import type { BoxReport, HaConfig } from '@opensag/protocol'
import { ipv4ToNumber, isAtLeast } from '@opensag/rules'
import type { Box } from './box.ts'
import type { Device } from './device.ts'
import { deviceBackup } from './ha.ts'
import type { Instance } from './instance.ts'
import { isHostOf } from './port-subnet.ts'

/** The boxes that share a branch by what the operations on HA set (D: whatever their version, the type tells). */
export function hasHa({ model }: Pick<Device, 'model'>): boolean {
  return model === 'sag-1000' || model === 'sag-100wm'
}

/** The first version that shares a branch while both devices run (D). */
const haSince = '1.8.0'

type Report = NonNullable<Box['report']>

/** Both devices of an instance can share its branch so. @param reports of its devices, in their order */
export function allowsHa(instance: Instance, reports: readonly Report[], mode: HaConfig['mode']): boolean {
  const [one, other] = instance.devices
  if (mode === 'NONE') return true
  if (one === undefined || other === undefined || one.model !== other.model) return false
  if (![one, other].every(({ version }) => isAtLeast(version, haSince))) return false
  if (deviceBackup(instance).type === 'cold_backup') return false
  const [roles, others] = reports.map(rolesOf)
  // By costs of routes: that wants a protocol which has some (C), and none is spoken beside the network of the instance.
  return roles === others && mode === 'STATIC'
}

function rolesOf({ ports }: Report): string {
  return ports
    .map(({ name, role }) => `${name} ${role}`)
    .sort()
    .join()
}

/** What the devices have in common is set of each; what nobody has set is as the box says. */
export function haBefore({ settings, report }: Box): HaConfig {
  return settings.ha ?? report?.ha ?? { mode: 'NONE' }
}

/** Why no device can have this address at the port, in a sentence; undefined: one of both can. */
export function virtualIpProblem(
  { port, ip }: { readonly port: string; readonly ip: string },
  reports: readonly Report[],
): string | undefined {
  const ends = reports.flatMap((report) => addressesAt(report, port))
  if (ends.length === 0) return 'The port has no address.'
  const address = ipv4ToNumber(ip) ?? 0
  for (const end of ends) {
    if (!isHostOf(end, ip)) return 'VirtualIp is no host of the subnet that the port has on both devices.'
    if (ip === end.ip) return 'VirtualIp is the address of a device.'
    if (end.start !== undefined && isBetween(address, end.start, end.end ?? end.start))
      return 'VirtualIp is among the addresses for terminals.'
  }
  return undefined
}

interface End {
  readonly ip: string
  readonly length: number
  readonly start?: string | undefined
  readonly end?: string | undefined
}

/** The one of two devices that does not carry the branch may have no address there. */
function addressesAt({ lan, wan }: Pick<BoxReport, 'lan' | 'wan'>, name: string): readonly End[] {
  return [...lan, ...wan].flatMap(({ port, ip, length, ...pool }) =>
    port === name && ip !== undefined && length !== undefined ? [{ ...pool, ip, length }] : [],
  )
}

function isBetween(address: number, start: string, end: string): boolean {
  return (ipv4ToNumber(start) ?? 0) <= address && address <= (ipv4ToNumber(end) ?? 0)
}
