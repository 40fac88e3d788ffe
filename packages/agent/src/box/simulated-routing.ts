import type { LeasedLine, RoutingReport, WireConfig } from '@opensag/protocol'
import type { BoxSecrets } from './box-secrets.ts'
import { openRoutingKey } from './routing-key.ts'
import { routingReport } from './routing-report.ts'
import { routingSettings } from './routing-settings.ts'

/** Routing of a box that does not exist: it speaks what is set, and nobody is there to answer. */
export function simulatedRouting(
  config: WireConfig | undefined,
  box: {
    readonly wan: readonly string[]
    readonly lan: readonly string[]
    readonly leased: readonly Pick<LeasedLine, 'port' | 'vlan'>[]
    readonly routerId: string | undefined
    readonly isKeyLost: boolean
  },
): RoutingReport {
  const { wan, lan, leased, routerId, isKeyLost } = box
  const settings = routingSettings(config, lan[0])
  const places = [...[...wan, ...lan].map((port) => ({ port, vlan: 0 })), ...leased]
  const ports = places.map(({ port, vlan }) => {
    const set = settings.ports.find((one) => one.port === port && one.vlan === vlan)
    return { ...(set ?? { port, vlan, protocol: 'STATIC' as const }), isUp: false }
  })
  return routingReport({ settings, ports, routerId, isKeyLost })
}

/** Whether it could not prove itself with the key of its OSPF. */
export async function losesKey(config: WireConfig | undefined, secrets: BoxSecrets): Promise<boolean> {
  const { ospf, ports } = routingSettings(config, undefined)
  if (!ports.some(({ protocol }) => protocol === 'OSPF')) return false
  return (await openRoutingKey(ospf, secrets)).isLost
}
