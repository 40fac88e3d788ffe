import { z } from 'zod'
import { classHandle, type Division, type Shape } from '../bandwidth.ts'
import { routesIn } from '../kernel-routes.ts'
import { addressMetric, branchTable, ownedTable, routeProtocol } from '../marks.ts'
import { gatewayLink, leasedLinks } from '../names.ts'
import type { System } from '../system.ts'
import type { KernelAddress, KernelState } from './kernel-state.ts'

const linksSchema = z.array(
  z.object({
    ifname: z.string(),
    mtu: z.number(),
    /** What it is made on. */
    link: z.string().optional(),
    linkinfo: z
      .object({
        info_kind: z.string().optional(),
        info_data: z
          .object({ id: z.number().optional(), local: z.string().optional(), remote: z.string().optional() })
          .optional(),
      })
      .optional(),
  }),
)

const addressesSchema = z.array(
  z.object({
    ifname: z.string().optional(),
    addr_info: z
      .array(
        z.object({ local: z.string().optional(), prefixlen: z.number().optional(), metric: z.number().optional() }),
      )
      .optional(),
  }),
)

const rulesSchema = z.array(
  z.object({
    src: z.string().optional(),
    srclen: z.number().optional(),
    iif: z.string().optional(),
    fwmark: z.string().optional(),
    protocol: z.string().optional(),
    table: z.string().optional(),
  }),
)

/**
 * What a gateway has made of this machine's links, addresses, rules and routes, now or before a restart.
 * @throws when an interface is in the way that is no link of a gateway
 */
export async function observe(system: System): Promise<KernelState> {
  const tables = [ownedTable, branchTable, 'main']
  const [links, addresses, rules, ...routes] = await Promise.all([
    system.ipJson('-details', 'link', 'show'),
    addressesOf(system),
    system.ipJson('-4', 'rule', 'show'),
    ...tables.map((table) => routesIn(system, table, String(routeProtocol))),
  ])
  return {
    links: linksIn(links),
    vlans: vlansIn(links),
    addresses: addresses.filter(({ metric }) => metric === addressMetric).map(({ dev, address }) => ({ dev, address })),
    rules: rulesSchema
      .parse(rules)
      .filter(({ protocol }) => protocol === String(routeProtocol))
      .map(({ iif, src, srclen, fwmark, table }) => {
        const asked = [
          ...(iif === undefined ? [] : [`iif ${iif}`]),
          ...(fwmark === undefined ? [] : [`fwmark ${fwmark}`]),
        ]
        const from = `from ${src}${srclen === undefined ? '' : `/${srclen}`}`
        return `${asked.length === 0 ? from : asked.join(' ')} lookup ${table}`
      }),
    routes: routes.flatMap((inTable, index) =>
      inTable.map(({ type, dst, gateway, dev, prefsrc }) => {
        const way = [
          ...(dev === undefined ? [type, dst] : [dst]),
          ...(gateway === undefined ? [] : ['via', gateway]),
          ...(dev === undefined ? [] : ['dev', dev]),
          ...(prefsrc === undefined ? [] : ['src', prefsrc]),
        ]
        return `${way.join(' ')} table ${tables[index]}`
      }),
    ),
  }
}

/** Every IPv4 address of the machine, whoever has put it there. */
export async function addressesOf(
  system: Pick<System, 'ipJson'>,
): Promise<readonly (KernelAddress & { readonly metric: number | undefined })[]> {
  return addressesSchema
    .parse(await system.ipJson('-4', 'address', 'show'))
    .flatMap(({ ifname = '', addr_info = [] }) =>
      addr_info.map(({ local, prefixlen, metric }) => ({ dev: ifname, address: `${local}/${prefixlen}`, metric })),
    )
}

/** Addresses of an interface that are not a gateway's, with their lengths. */
export async function machineAddresses(system: Pick<System, 'ipJson'>, name: string): Promise<readonly string[]> {
  const all = await addressesOf(system)
  return all.filter(({ dev, metric }) => dev === name && metric !== addressMetric).map(({ address }) => address)
}

function linksIn(answer: unknown): KernelState['links'] {
  return linksSchema.parse(answer).flatMap(({ ifname, mtu, linkinfo }) => {
    // Ours, whether they bear the mark or a death came between their making and it.
    if (!gatewayLink.test(ifname)) return []
    const { id, local, remote } = linkinfo?.info_data ?? {}
    if (linkinfo?.info_kind !== 'vxlan' || id === undefined || local === undefined || remote === undefined) {
      throw inTheWay(ifname)
    }
    return [{ name: ifname, vni: id, local, remote, mtu }]
  })
}

function vlansIn(answer: unknown): KernelState['vlans'] {
  return linksSchema.parse(answer).flatMap(({ ifname, link, linkinfo }) => {
    if (!leasedLinks.test(ifname)) return []
    const vlan = linkinfo?.info_data?.id
    if (linkinfo?.info_kind !== 'vlan' || vlan === undefined || link === undefined) throw inTheWay(ifname)
    return [{ name: ifname, port: link, vlan }]
  })
}

function inTheWay(name: string): Error {
  return new Error(`The interface ${name} is none of OpenSAG's, and its name is needed: rename it.`)
}

const qdiscsSchema = z.array(
  z.object({ kind: z.string(), handle: z.string().optional(), root: z.boolean().optional() }),
)

/** How much a link has of the classes of its bandwidth: a death while they are made leaves a part. */
export async function shapeOf(
  system: System,
  link: string,
): Promise<{ readonly shape: Shape; readonly held: Division['held'] }> {
  const all = qdiscsSchema.parse(await system.tcJson('qdisc', 'show', 'dev', link))
  const handles = all.map(({ handle }) => handle)
  const held = [0, 1, 2, 3, 4, 5, 6, 7].filter((priority) => handles.includes(`${classHandle(priority)}:`))
  // The last that is made.
  if (handles.includes('20:')) return { shape: 'whole', held }
  return { shape: all.some(({ kind }) => kind === 'htb') ? 'part' : 'none', held }
}
