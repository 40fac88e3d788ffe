import type { BoxReport, RoutingReport, WireConfig } from '@opensag/protocol'
import { unopenedSecret } from '../../box/box-secrets.ts'
import { routingReport } from '../../box/routing-report.ts'
import { type RoutingSettings, routingSettings } from '../../box/routing-settings.ts'
import type { Bird } from '../bird.ts'
import type { GatewayPlan } from './plan.ts'
import { bgpName, ospfName } from './render-branch-routing.ts'
import type { GatewaySetup } from './setup.ts'

/** How a machine speaks with the routers of its branch, as its BIRD says it. */
export interface RoutingState {
  /** BIRD has been given this. */
  configured(plan: GatewayPlan, state: { readonly isRunning: boolean; readonly isKeyLost: boolean }): void
  /** @throws when BIRD should run and does not answer */
  read(config: WireConfig | undefined): Promise<Pick<BoxReport, 'routing' | 'refused'>>
}

type Port = RoutingReport['ports'][number]

export function openRoutingState({ setup, show }: { readonly setup: GatewaySetup } & Pick<Bird, 'show'>): RoutingState {
  let known: { plan: GatewayPlan; isRunning: boolean; isKeyLost: boolean } | undefined

  function leasedPorts(settings: RoutingSettings, spoken: ReadonlyMap<string, string>): readonly Port[] {
    const { leased = [] } = known?.plan ?? {}
    return leased.map(({ port, vlan }) => bgpPort({ port, vlan, protocol: 'STATIC', isUp: false }, settings, spoken))
  }

  async function lanPort(settings: RoutingSettings, spoken: ReadonlyMap<string, string>): Promise<Port> {
    const silent = { port: setup.lan, vlan: 0, protocol: 'STATIC', isUp: false } as const
    if (spoken.has(ospfName)) {
      const neighbor = fullNeighbor(await show('ospf', 'neighbors', ospfName), setup.lan)
      return { ...silent, protocol: 'OSPF', ...(neighbor === undefined ? {} : { isUp: true, neighbor }) }
    }
    return bgpPort(silent, settings, spoken)
  }

  function bgpPort(silent: Port, { ports }: RoutingSettings, spoken: ReadonlyMap<string, string>): Port {
    const isHere = ({ port, vlan }: Pick<Port, 'port' | 'vlan'>): boolean =>
      port === silent.port && vlan === silent.vlan
    const session = spoken.get(bgpName(known?.plan.routing.sessions.findIndex(isHere) ?? -1))
    if (session === undefined) return silent
    const remote = ports.find(isHere)?.remote
    const isUp = /BGP state: +Established/.test(session)
    const neighbor = isUp ? /Neighbor address: +([\d.]+)/.exec(session)?.[1] : undefined
    return {
      ...silent,
      ...{ protocol: 'BGP', isUp },
      ...(remote === undefined ? {} : { remote }),
      ...(neighbor === undefined ? {} : { neighbor }),
    }
  }

  return {
    configured(plan, state) {
      known = { plan, ...state }
    },
    async read(config) {
      const settings = routingSettings(config, setup.lan)
      const wan = { port: setup.wan, vlan: 0, protocol: 'STATIC', isUp: false } as const
      const spoken = known?.isRunning === true ? protocolsIn(await show('protocols', 'all')) : new Map<string, string>()
      const { network, blocks = [], routing } = known?.plan ?? {}
      return {
        routing: routingReport({
          settings,
          ports: [wan, await lanPort(settings, spoken), ...leasedPorts(settings, spoken)],
          routerId: network?.address ?? blocks[0]?.address,
          isKeyLost: known?.isKeyLost === true,
        }),
        refused: [
          ...(known?.isKeyLost === true ? [{ section: 'ospf', reason: unopenedSecret } as const] : []),
          ...unableAt(routing?.unable ?? []),
        ],
      }
    },
  }
}

function unableAt(ports: readonly string[]): BoxReport['refused'] {
  if (ports.length === 0) return []
  const reason = `Routers behind ${ports.join(', ')} are not reached through this device: nothing is spoken there.`
  return [{ section: 'portProtocols', reason: reason.slice(0, 200) }]
}

/** What BIRD says of each of its protocols, by their names. */
function protocolsIn(text: string): ReadonlyMap<string, string> {
  const blocks = text.split(/\n(?=\S)/).map((block) => [/^\S*/.exec(block)?.[0] ?? '', block] as const)
  return new Map(blocks)
}

/** The address of the first neighbour of OSPF at an interface that exchanges routes with it. */
function fullNeighbor(text: string, name: string): string | undefined {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/))
  const found = lines.find(([, , state, , at]) => state?.startsWith('Full/') === true && at === name)
  return found?.[5]
}
