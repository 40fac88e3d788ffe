import { z } from 'zod'
import { type Queue, renderBandwidth, type Shape } from '../bandwidth.ts'
import { linkAlias } from '../marks.ts'
import { vxlan } from '../names.ts'
import type { System } from '../system.ts'
import { linkPrefix, meshLink } from './names.ts'
import type { Attachment } from './setup.ts'
import type { WantedLink, WantedNetwork } from './wanted.ts'

/** What is in a namespace of ours; what is neither a link nor an attachment is somebody else's. */
export interface HeldLinks {
  readonly links: ReadonlyMap<string, HeldLink>
  /** By interface. */
  readonly attachments: ReadonlyMap<string, HeldAttachment>
}

export interface HeldAttachment {
  readonly addresses: readonly string[]
  /** It is up. */
  readonly isUp: boolean
  /** It was up when the machine had it, and is so again when it is given back. */
  readonly wasUp: boolean
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

/**
 * What is there when everything is as wanted.
 * @param up the interfaces of the machine that are up; of those that were attached `before` that tells
 */
export function heldBy({ links, attachments }: WantedNetwork, up: readonly string[], before: HeldLinks): HeldLinks {
  return {
    links: new Map(
      links.map((link) => [
        link.name,
        { key: keyOf(link), shape: link.bandwidth === undefined ? 'none' : 'whole', bandwidth: link.bandwidth },
      ]),
    ),
    attachments: new Map(
      attachments.map(({ interface: name, address }) => {
        const wasUp = before.attachments.get(name)?.wasUp ?? up.includes(name)
        return [name, { addresses: [address], isUp: true, wasUp }]
      }),
    ),
  }
}

/** The alias of an interface of the machine while it is attached. What others put into the namespace is not moved. */
const attachedAlias = `${linkAlias}-attached`
/** The same, of one that was down before. */
const attachedDownAlias = `${attachedAlias}-down`

/** Lines for `ip` and `tc`, in this order; `home` is the network of the machine, `inside` the namespace. */
export interface LinkSteps {
  /** What has to be gone before anything is added anywhere: the VNI of a member that moves to another network. */
  readonly takeAway: readonly string[]
  readonly home: readonly string[]
  readonly inside: readonly string[]
  readonly tc: readonly string[]
}

/**
 * @param home how `ip` names the network of the machine: a namespace, or a process in it
 * @param up the interfaces of the machine that are up; it tells of those only that are to be attached
 */
export function stepsTo(
  held: HeldLinks,
  wanted: Pick<WantedNetwork, 'links' | 'attachments'>,
  at: { readonly namespace: string; readonly home: string; readonly queue: Queue; readonly up: readonly string[] },
): LinkSteps {
  const named = new Map(wanted.links.map((link) => [link.name, keyOf(link)]))
  const stays = (name: string): boolean => held.links.get(name)?.key === named.get(name)
  const links = wanted.links.filter(({ name }) => !stays(name))
  const attachments = wanted.attachments.filter((one) => !held.attachments.has(one.interface))
  return {
    takeAway: [
      ...[...held.links.keys()].filter((name) => !stays(name)).map((name) => `link del ${name}`),
      // The kernel takes an interface down that it moves; what else is said of it comes after that.
      ...[...held.attachments]
        .filter(([name]) => !wanted.attachments.some((one) => one.interface === name))
        .map(([name, { wasUp: up }]) => `link set ${name} alias "" netns ${at.home} ${up ? 'up' : 'down'}`),
    ],
    home: [
      ...links.map(
        ({ name, vni, from, to, address }) =>
          `link add name ${name} netns ${at.namespace} address ${hardwareAddressOf(address)} ${vxlan({ vni, local: from, remote: to })}`,
      ),
      // With its mark in the same step: one that has come without it would not be known again.
      ...attachments.map(({ interface: name }) => {
        return `link set ${name} alias ${at.up.includes(name) ? attachedAlias : attachedDownAlias} netns ${at.namespace} up`
      }),
    ],
    inside: [
      ...links.flatMap(({ name, address, mtu }) => [
        `addr add ${address} dev ${name}`,
        `link set ${name} mtu ${mtu} up`,
      ]),
      ...wanted.attachments.flatMap((one) => attachmentSteps(one, held.attachments.get(one.interface))),
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

function attachmentSteps(wanted: Attachment, held: HeldAttachment | undefined): readonly string[] {
  const name = wanted.interface
  const addresses = held?.addresses ?? []
  return [
    ...(held?.isUp === false ? [`link set ${name} up`] : []),
    ...addresses.filter((address) => address !== wanted.address).map((address) => `addr del ${address} dev ${name}`),
    ...(addresses.includes(wanted.address) ? [] : [`addr add ${wanted.address} dev ${name}`]),
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

/** What is the same as before, as it was known; everything else as it is found. */
export function asKnown(found: HeldLinks, known: HeldLinks | undefined): HeldLinks {
  const links = [...found.links].map(([name, link]): [string, HeldLink] => {
    const before = known?.links.get(name)
    // Of its classes only that some are there is seen.
    return [name, before?.key === link.key && before.shape === 'whole' && link.shape !== 'none' ? before : link]
  })
  return { ...found, links: new Map(links) }
}

/** What is in a namespace, whoever has made it. */
export async function observeLinks(system: System): Promise<HeldLinks> {
  const shown = shownSchema.parse(await system.ipJson('-details', 'address', 'show'))
  const links = new Map<string, HeldLink>()
  const attachments = new Map<string, HeldAttachment>()
  for (const { ifname, ifalias, mtu, flags, qdisc, linkinfo, addr_info: all } of shown) {
    const addresses = all.filter(({ family }) => family === 'inet').map((one) => `${one.local}/${one.prefixlen}`)
    if (ifname === meshLink || new RegExp(`^${linkPrefix}\\d+$`).test(ifname)) {
      const { id = 0, local = '', remote = '' } = linkinfo?.info_data ?? {}
      const isWhole = flags.includes('UP') && addresses.length === 1
      const key = keyOf({ vni: id, from: local, to: remote, address: isWhole ? (addresses[0] ?? '') : '', mtu })
      // How much of its classes is there is not asked: they are made anew.
      links.set(ifname, { key, shape: qdisc === 'htb' ? 'part' : 'none', bandwidth: undefined })
    } else if (ifalias === attachedAlias || ifalias === attachedDownAlias) {
      attachments.set(ifname, { addresses, isUp: flags.includes('UP'), wasUp: ifalias === attachedAlias })
    }
  }
  return { links, attachments }
}
