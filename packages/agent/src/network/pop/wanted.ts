import { type PopConfig, type PopMember, tunnelIdentityOf } from '@opensag/protocol'
import { ipv4ToNumber } from '@opensag/rules'
import type { Tunnel } from '../ipsec/ipsec.ts'
import { linkMtu, linkOverhead } from '../names.ts'
import { linkOf, meshLink, meshVniBase } from './names.ts'
import { attachedUsers } from './remote-users.ts'
import { type Mesh, renderBird } from './render-bird.ts'
import { renderFilter } from './render-filter.ts'
import { renderGuard } from './render-guard.ts'
import type { Attachment, PopSetup } from './setup.ts'

/** What a point of presence is to hold, as its machine is set. */
export interface Wanted {
  /** Of the machine itself. */
  readonly guard: string
  /** The tunnel address; absent: nothing is wanted. */
  readonly address: string | undefined
  readonly networks: readonly WantedNetwork[]
  readonly tunnels: readonly Tunnel[]
}

/** The namespace of one cloud connect network. */
export interface WantedNetwork {
  readonly number: number
  readonly links: readonly WantedLink[]
  readonly attachments: readonly Attachment[]
  /** For nftables. */
  readonly filter: string
  /** For BIRD. */
  readonly bird: string
}

/** A VXLAN interface. */
export interface WantedLink {
  readonly name: string
  readonly vni: number
  /** Tunnel addresses, of this machine and of the other end. */
  readonly from: string
  readonly to: string
  /** With its length. */
  readonly address: string
  readonly mtu: number
  /** Mbit/s out of it; absent: as much as there is. */
  readonly bandwidth?: number | undefined
}

/** The ends of the mesh, the same in each network. */
const meshEnds = ['169.254.0.0', '169.254.0.1'] as const

/**
 * @param wanMtu bytes of an IP packet on the way to the gateways
 * @param render what is wanted of one network
 * @throws when the configuration has a prefix that is none
 */
export function wantedBy(
  config: PopConfig | undefined,
  { attachments }: PopSetup,
  wanMtu: number,
  render = wantedNetwork,
): Wanted {
  const guard = renderGuard(config)
  if (config === undefined) return { guard, address: undefined, networks: [], tunnels: [] }
  const { address, networks, peers } = config
  const [peer] = peers
  const isFirst = peer === undefined || numberOf(address) < numberOf(peer.address)
  const [local, remote] = isFirst ? meshEnds : [meshEnds[1], meshEnds[0]]
  const mesh = peer === undefined ? undefined : { address: peer.address, local, remote }
  const mtu = Math.min(linkMtu, wanMtu - linkOverhead)
  const users = attachedUsers(config)
  return {
    guard,
    address,
    networks: networks.map((network) => {
      const own = ({ ccn }: Attachment): boolean => ccn === network.ccn
      return render(network, {
        from: address,
        mtu,
        mesh,
        attachments: attachments.filter(own),
        users: users.filter(own),
      })
    }),
    tunnels: [
      ...networks.flatMap(({ members }) => members.map(tunnelOf)),
      // One of the two begins.
      ...peers.map((one) => ({ ...tunnelOf(one), endpoint: isFirst ? one.endpoint : undefined })),
    ],
  }
}

/**
 * As {@link wantedBy}, of one configuration after another: only networks are rendered of which something is different. What a
 * change costs is so that of the networks it touches.
 */
export function createWantedBy(): (config: PopConfig | undefined, setup: PopSetup, wanMtu: number) => Wanted {
  let before = new Map<string, WantedNetwork>()
  return (config, setup, wanMtu) => {
    const now = new Map<string, WantedNetwork>()
    const wanted = wantedBy(config, setup, wanMtu, (network, place) => {
      const key = JSON.stringify([network, place])
      const rendered = before.get(key) ?? wantedNetwork(network, place)
      now.set(key, rendered)
      return rendered
    })
    before = now
    return wanted
  }
}

interface Place {
  readonly from: string
  readonly mtu: number
  readonly mesh: (Mesh & { readonly address: string }) | undefined
  /** Those of the network. */
  readonly attachments: readonly Attachment[]
  readonly users: readonly Attachment[]
}

function wantedNetwork(
  network: PopConfig['networks'][number],
  { from, mtu, mesh, attachments, users }: Place,
): WantedNetwork {
  const reached = [...attachments, ...users]
  const links: WantedLink[] = network.members.map((member) => ({
    name: linkOf(member),
    vni: member.vni,
    from,
    to: member.address,
    address: `${member.local}/31`,
    mtu,
    bandwidth: member.bandwidth,
  }))
  if (mesh !== undefined) {
    links.push({
      name: meshLink,
      vni: meshVniBase + network.number,
      from,
      to: mesh.address,
      address: `${mesh.local}/31`,
      mtu,
    })
  }
  return {
    number: network.number,
    links,
    attachments,
    filter: renderFilter(network, reached, mesh?.remote, mtu),
    bird: renderBird(from, network, reached, mesh),
  }
}

function tunnelOf({ serial, address }: Pick<PopMember, 'serial' | 'address'>): Tunnel {
  return { name: serial, identity: tunnelIdentityOf(serial), address }
}

/** An address of a configuration is checked. */
function numberOf(address: string): number {
  return ipv4ToNumber(address) ?? 0
}
