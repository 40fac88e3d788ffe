import type { RoutingReport } from '@opensag/protocol'
import type { RoutingSettings } from './routing-settings.ts'

export interface ReportedRouting {
  readonly settings: RoutingSettings
  readonly ports: RoutingReport['ports']
  /** Its number as a router where none is set. */
  readonly routerId: string | undefined
  /** The key of OSPF does not open. */
  readonly isKeyLost: boolean
}

/** What a box says of how it speaks with the routers of its branch. Nothing of it is a secret. */
export function routingReport({ settings, ports, routerId, isKeyLost }: ReportedRouting): RoutingReport {
  const { protocol, ospf, bgp } = settings
  const { md5Key, password: _, ...shown } = ospf
  const given = routerId === undefined ? {} : { routerId }
  return {
    protocol,
    ports,
    ospf: { ...given, ...shown, hasMd5Key: md5Key !== undefined && !(isKeyLost && ospf.authentication === 'MD5') },
    bgp: { ...given, ...bgp },
  }
}
