import type { WireConfig } from '@opensag/protocol'
import { hiddenKey } from '../../box/routing-key.ts'
import { renderBandwidth } from '../bandwidth.ts'
import { leasesFile } from './dhcp.ts'
import { difference, nothing, wantedState } from './kernel-state.ts'
import { portsUp } from './leased-plan.ts'
import { type MachineFacts, planGateway } from './plan.ts'
import { renderBird } from './render-bird.ts'
import { renderDnsmasq } from './render-dnsmasq.ts'
import { renderKeepalived } from './render-keepalived.ts'
import { renderNftables } from './render-nftables.ts'
import type { GatewaySetup } from './setup.ts'
import { renderLimit } from './wan-limit.ts'
import { wantedTunnels } from './wanted-tunnels.ts'

/** One thing that a gateway hands to a program of its machine. */
export interface Rendered {
  readonly name: 'nftables' | 'ip' | 'tc' | 'tunnels' | 'bird' | 'dnsmasq' | 'keepalived'
  readonly text: string
}

/** Of the machine that there is not. */
const assumed: MachineFacts & { readonly setup: GatewaySetup; readonly folder: string } = {
  setup: { lan: 'eth1', wan: 'eth0', spare: ['eth2'] },
  folder: '/run/opensag/gateway',
  wanMtu: 1500,
  wanAddresses: [],
  hasTags: true,
  consolePort: 80,
  learntDns: [],
}

/**
 * What a machine with its branch at `eth1` and the Internet at `eth0` would be made of a configuration, in the order in which it would: the same
 * texts that `opensag agent --network` hands to the programs of its machine when nothing is there yet.
 */
export function renderedGateway(serial: string, config: WireConfig | undefined): readonly Rendered[] {
  const plan = planGateway(assumed.setup, config && atAssumedPort(config), assumed)
  const { network, links, pair } = plan
  const commands = difference(nothing, wantedState(plan))
  const division = { classes: plan.classes, held: [] }
  const shapes = [
    ...renderLimit(plan.wan, plan.line.megabits, 'fq_codel', 'free'),
    ...links.flatMap(({ name }) => renderBandwidth(name, network?.bandwidth ?? 0, 'fq_codel', 'none', division)),
  ]
  // Only the gateway can open the key.
  const bird = renderBird(plan, `${assumed.folder}/bird-messages.log`, hiddenKey)
  const leases = renderDnsmasq(plan, leasesFile(assumed.folder))
  const tunnels = network && wantedTunnels(serial, network, 'address of eth0')
  return [
    { name: 'nftables', text: renderNftables(plan) },
    { name: 'ip', text: lines([...portsUp(plan.lan, plan.leased), ...commands]) },
    ...(tunnels === undefined ? [] : [{ name: 'tunnels' as const, text: `${JSON.stringify(tunnels, null, 2)}\n` }]),
    ...(shapes.length === 0 ? [] : [{ name: 'tc' as const, text: lines(shapes) }]),
    ...(bird === undefined ? [] : [{ name: 'bird' as const, text: bird }]),
    ...(leases === undefined ? [] : [{ name: 'dnsmasq' as const, text: leases }]),
    ...(pair === undefined
      ? []
      : [{ name: 'keepalived' as const, text: renderKeepalived(plan.lan, pair, `${assumed.folder}/ha.weight`) }]),
  ]
}

/**
 * What is set of the first port of a kind, or spoken at the first one, whatever that is called, is that of the port there would be;
 * so are its routes.
 */
function atAssumedPort(config: WireConfig): WireConfig {
  const { box } = config
  if (box === undefined) return config
  const { lan, wan } = assumed.setup
  const spoken = box.portProtocols?.find(({ protocol }) => protocol !== 'STATIC')
  const portProtocols = spoken === undefined ? [] : [{ ...spoken, port: lan, vlan: 0 }]
  const staticRoutes = box.staticRoutes?.map((one) => ({ ...one, port: lan, vlan: 0 }))
  const assumedBox = { ...box, lan: firstAt(lan, box.lan), wan: firstAt(wan, box.wan), portProtocols, staticRoutes }
  return { ...config, box: assumedBox }
}

function firstAt<T>(port: string, all: readonly T[] = []): readonly T[] {
  return all.slice(0, 1).map((one) => ({ ...one, port }))
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('')
}
