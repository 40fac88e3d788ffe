import { z } from 'zod'
import { type Queue, renderBandwidth, type Shape } from '../gateway/bandwidth.ts'
import { linkAlias } from '../marks.ts'
import { vxlan } from '../names.ts'
import type { System } from '../system.ts'
import { linkPrefix, meshLink } from './names.ts'
import type { Attachment } from './setup.ts'
import type { WantedLink, WantedNetwork } from './wanted.ts'

/** What is in a namespace of ours; what is neither a link nor an attachment is somebody else's. */
export interface HeldLinks {
  readonly links: ReadonlyMap<string, HeldLink>
  /** By interface, with its addresses. */
  readonly attachments: ReadonlyMap<string, readonly string[]>
}

/** As {@link WantedLink}, of one that is up. */
export interface HeldLink {
  /** The same text means the same link. */
  readonly key: string
  readonly shape: Shape
  /** Of its shape, in Mbit/s; undefined: unknown. */
  readonly bandwidth: number | undefined
}

export const noLinks: HeldLinks = { links: new Map(), attachments: new Map() }

export function heldBy({ links, attachments }: WantedNetwork): HeldLinks {
  return {
    links: new Map(
      links.map((link) => [
        link.name,
        { key: keyOf(link), shape: link.bandwidth === undefined ? 'none' : 'whole', bandwidth: link.bandwidth },
      ]),
    ),
    attachments: new Map(attachments.map((one) => [one.interface, [one.address]])),
  }
}

/** The alias of an interface of the machine while it is attached. What others put into the namespace is not moved. */
const attachedAlias = `${linkAlias}-attached`

/** Lines for `ip` and `tc`, in this order; `home` is the network of the machine, `inside` the namespace. */
export interface LinkSteps {
  /** What has to be gone before anything is added anywhere: the VNI of a member that moves to another network. */
  readonly takeAway: readonly string[]
  readonly home: readonly string[]
  readonly inside: readonly string[]
  readonly tc: readonly string[]
}

/** @param home how `ip` names the network of the machine: a namespace, or a process in it */
export function stepsTo(
  held: HeldLinks,
  wanted: Pick<WantedNetwork, 'links' | 'attachments'>,
  at: { readonly namespace: string; readonly home: string; readonly queue: Queue },
): LinkSteps {
  const named = new Map(wanted.links.map((link) => [link.name, keyOf(link)]))
  const stays = (name: string): boolean => held.links.get(name)?.key === named.get(name)
  const links = wanted.links.filter(({ name }) => !stays(name))
  const attachments = wanted.attachments.filter((one) => !held.attachments.has(one.interface))
  return {
    takeAway: [
      ...[...held.links.keys()].filter((name) => !stays(name)).map((name) => `link del ${name}`),
      ...[...held.attachments.keys()]
        .filter((name) => !wanted.attachments.some((one) => one.interface === name))
        .map((name) => `link set ${name} down alias "" netns ${at.home}`),
    ],
    home: [
      ...links.map(
        ({ name, vni, from, to, address }) =>
          `link add name ${name} netns ${at.namespace} address ${hardwareAddressOf(address)} ${vxlan({ vni, local: from, remote: to })}`,
      ),
      ...attachments.map((one) => `link set ${one.interface} netns ${at.namespace}`),
    ],
    inside: [
      ...links.flatMap(({ name, address, mtu }) => [
        `addr add ${address} dev ${name}`,
        `link set ${name} mtu ${mtu} up`,
      ]),
      ...attachments.map((one) => `link set ${one.interface} alias ${attachedAlias} up`),
      ...wanted.attachments.flatMap((one) => addressSteps(one, held.attachments.get(one.interface) ?? [])),
    ],
    tc: wanted.links.flatMap(({ name, bandwidth }) => {
      const before = stays(name) ? held.links.get(name) : undefined
      return bandwidth === undefined || bandwidth === before?.bandwidth
        ? []
        : renderBandwidth(name, bandwidth, at.queue, before?.shape ?? 'none')
    }),
  }
}

/** By the address of the link, so that one that is made anew is at once what the other end remembers. */
function hardwareAddressOf(address: string): string {
  const bytes = (address.split('/')[0] ?? '').split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'))
  return ['02', '00', ...bytes].join(':')
}

function addressSteps(wanted: Attachment, held: readonly string[]): readonly string[] {
  const name = wanted.interface
  return [
    ...held.filter((address) => address !== wanted.address).map((address) => `addr del ${address} dev ${name}`),
    ...(held.includes(wanted.address) ? [] : [`addr add ${wanted.address} dev ${name}`]),
  ]
}

function keyOf({ vni, from, to, address, mtu }: Omit<WantedLink, 'name'>): string {
  return `${vni} ${from} ${to} ${address} ${mtu}`
}

const shownSchema = z.array(
  z.object({
    ifname: z.string(),
    ifalias: z.string().optional(),
    mtu: z.int(),
    flags: z.array(z.string()),
    qdisc: z.string().optional(),
    linkinfo: z
      .object({
        info_data: z.object({ id: z.int(), local: z.string(), remote: z.string() }).partial().optional(),
      })
      .optional(),
    addr_info: z.array(z.object({ family: z.string(), local: z.string(), prefixlen: z.int() })),
  }),
)

/** What a process before this one has left in a namespace. */
export async function observeLinks(system: System): Promise<HeldLinks> {
  const shown = shownSchema.parse(await system.ipJson('-details', 'address', 'show'))
  const links = new Map<string, HeldLink>()
  const attachments = new Map<string, readonly string[]>()
  for (const { ifname, ifalias, mtu, flags, qdisc, linkinfo, addr_info: all } of shown) {
    const addresses = all.filter(({ family }) => family === 'inet').map((one) => `${one.local}/${one.prefixlen}`)
    if (ifname === meshLink || new RegExp(`^${linkPrefix}\\d+$`).test(ifname)) {
      const { id = 0, local = '', remote = '' } = linkinfo?.info_data ?? {}
      const isWhole = flags.includes('UP') && addresses.length === 1
      const key = keyOf({ vni: id, from: local, to: remote, address: isWhole ? (addresses[0] ?? '') : '', mtu })
      // How much of its classes is there is not asked: they are made anew.
      links.set(ifname, { key, shape: qdisc === 'htb' ? 'part' : 'none', bandwidth: undefined })
    } else if (ifalias === attachedAlias) attachments.set(ifname, addresses)
  }
  return { links, attachments }
}
