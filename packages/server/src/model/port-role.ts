import type { PortRole } from '@opensag/protocol'
import type { Box, BoxSettings } from './box.ts'

/** So many ports of a device may have a role (C); of the others any number. */
const most: Readonly<Partial<Record<PortRole, number>>> = { MGT: 1, ECC: 1, WAN: 4, LAN: 4 }

/** The role that a port is to have: as it is set, or as the box says; undefined: there is no such port. */
export function roleOf({ settings, report }: Box, port: string): PortRole | undefined {
  const reported = report?.ports.find(({ name }) => name === port)?.role
  return reported && (settings.roles?.find((one) => one.port === port)?.role ?? reported)
}

/** Whether another port with this role would be one too many. */
export function isRoleTaken(box: Box, role: PortRole): boolean {
  const limit = most[role]
  const having = box.report?.ports.filter(({ name }) => roleOf(box, name) === role) ?? []
  return limit !== undefined && having.length >= limit
}

/** What is set of a port by sections, when its role is another one: all that was of the role before is gone (D). */
export function withRole(settings: BoxSettings, port: string, role: PortRole): BoxSettings {
  const { roles = [], wan, lan, ecc, staticRoutes, portProtocols } = settings
  const others = <T extends { readonly port: string }>(all: readonly T[]): readonly T[] =>
    all.filter((one) => one.port !== port)
  return {
    roles: [...others(roles), { port, role }],
    ...(wan === undefined ? {} : { wan: others(wan) }),
    ...(lan === undefined ? {} : { lan: others(lan) }),
    ...(ecc === undefined ? {} : { ecc: others(ecc) }),
    ...(staticRoutes === undefined ? {} : { staticRoutes: others(staticRoutes) }),
    ...(portProtocols === undefined ? {} : { portProtocols: others(portProtocols) }),
  }
}
