import type { RoutingReport, WireConfig } from '@opensag/protocol'
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
    readonly routerId: string | undefined
    readonly isKeyLost: boolean
  },
): RoutingReport {
  const { wan, lan, routerId, isKeyLost } = box
  const settings = routingSettings(config, lan[0])
  const ports = [...wan, ...lan].map((port) => {
    const set = settings.ports.find((one) => one.port === port)
    return { ...(set ?? { port, vlan: 0, protocol: 'STATIC' as const }), isUp: false }
  })
  return routingReport({ settings, ports, routerId, isKeyLost })
}

/** Whether it could not prove itself with the key of its OSPF. */
export async function losesKey(config: WireConfig | undefined, secrets: BoxSecrets): Promise<boolean> {
  const { ospf, ports } = routingSettings(config, undefined)
  if (!ports.some(({ protocol }) => protocol === 'OSPF')) return false
  return (await openRoutingKey(ospf, secrets)).isLost
}
