import type { BoxReport, LeasedLine, PortRole, Timers, WireConfig } from '@opensag/protocol'
import { z } from 'zod'
import type { BoxFacts, BoxState } from '../../box/box-state.ts'
import { textIfThere } from '../../text-file.ts'
import { ownTable } from '../own-table.ts'
import type { System } from '../system.ts'
import { dnsFacts } from './dns-state.ts'
import { type Leased, planLeased } from './leased-plan.ts'
import { lineOf } from './line-state.ts'
import { refusedHere } from './refused-here.ts'
import { learntServers } from './resolvers.ts'
import type { GatewaySetup } from './setup.ts'
import { staticProtocol, staticRoutesIn, staticRoutesProblem } from './static-routes.ts'
import { limitState } from './wan-limit.ts'
import { watched } from './watched.ts'

export interface MachineBoxOptions {
  readonly system: Pick<System, 'ipJson' | 'nftJson' | 'tcJson'>
  readonly setup: GatewaySetup
  /** Packets on a leased line can have a tag. */
  readonly hasTags: boolean
  /** The configuration of the DHCP server, where there is one. */
  readonly dhcpFile: string
  /** Where the machine has the DNS servers of its line. */
  readonly resolverFiles: readonly string[]
  /** What it speaks with the routers of its branch. */
  readonly routing: (config: WireConfig | undefined) => Promise<Pick<BoxReport, 'routing' | 'refused'>>
  /** What BIRD answers to `show …`; nothing where it does not run. */
  readonly show: (...what: readonly string[]) => Promise<string>
  readonly timers: Timers
  /** It could not be read: that is tried again. */
  readonly problem: (error: unknown) => void
}

/** How often it looks whether a cable was pulled or the WAN has another address. */
const lookEveryMs = 10_000

/**
 * The machine of a gateway as a box: its two interfaces, by their names. What is set of them is read from the kernel, from nftables
 * and from what its DHCP server runs with.
 */
export function openMachineBox({ timers, problem, ...options }: MachineBoxOptions): BoxState & { close(): void } {
  return watched({
    read: (config: WireConfig | undefined) => readBox(options, config),
    ...{ everyMs: lookEveryMs, timers, problem },
  })
}

const linksSchema = z.array(
  z.object({
    ifname: z.string(),
    address: z.string().optional(),
    flags: z.array(z.string()),
    addr_info: z.array(
      z.object({
        family: z.string(),
        local: z.string().optional(),
        prefixlen: z.number().optional(),
        dynamic: z.boolean().optional(),
      }),
    ),
  }),
)
type Interface = z.infer<typeof linksSchema>[number]

const rulesSchema = z.object({ nftables: z.array(z.record(z.string(), z.unknown())) })

type Readable = Pick<
  MachineBoxOptions,
  'system' | 'setup' | 'hasTags' | 'dhcpFile' | 'resolverFiles' | 'routing' | 'show'
>

async function readBox(
  { system, setup, hasTags, dhcpFile, resolverFiles, routing, show }: Readable,
  config: WireConfig | undefined,
): Promise<BoxFacts> {
  const [links, routes, limit, table, dhcp, learnt, spoken, statics] = await Promise.all([
    system.ipJson('address', 'show'),
    system.ipJson('-4', 'route', 'show'),
    limitState(system, setup.wan),
    system.nftJson('list', 'table', 'inet', ownTable),
    textIfThere(dhcpFile),
    learntServers(resolverFiles),
    routing(config),
    show('static', staticProtocol),
  ])
  const all = linksSchema.parse(links)
  const { spare = [] } = setup
  const leased = planLeased(config?.box, { spare, hasTags })
  const problem = staticRoutesProblem(config, { ...setup, leased })
  const wan = all.find(({ ifname }) => ifname === setup.wan)
  const lan = all.find(({ ifname }) => ifname === setup.lan)
  const isPair = config?.pair !== undefined
  const line = wan && lineOf({ name: wan.ifname, addresses: addressesOf(wan) }, routes, limit, config)
  const names = dnsFacts(config, dhcp, learnt)
  const refused = refusedHere(config?.box, { setup, line, limit, hasTags, isPair })
  return {
    ports: [
      ...(wan === undefined ? [] : [portOf(wan, 'WAN')]),
      ...(lan === undefined ? [] : [portOf(lan, 'LAN')]),
      ...all.filter(({ ifname }) => spare.includes(ifname)).map((one) => portOf(one, roleOf(one.ifname, config))),
    ],
    wan: line === undefined ? [] : [line],
    lan: lan === undefined ? [] : [lanOf(lan, config, dhcp)],
    ecc: leasedThere(leased, config?.box?.ecc, all),
    ha: refused.some(({ section }) => section === 'ha') ? { mode: 'NONE' } : (config?.box?.ha ?? { mode: 'NONE' }),
    snat: masquerades(rulesSchema.parse(table).nftables),
    ...spoken,
    dns: names.dns,
    staticRoutes: staticRoutesIn(statics, leased),
    refused: [
      ...refused,
      ...names.refused,
      ...spoken.refused,
      ...(problem === undefined ? [] : [{ section: 'staticRoutes' as const, reason: problem }]),
    ],
  }
}

function roleOf(name: string, config: WireConfig | undefined): 'ECC' | 'NONE' {
  return config?.box?.roles?.some(({ port, role }) => port === name && role === 'ECC') === true ? 'ECC' : 'NONE'
}

/** Of the leased lines that are set those whose address is on its interface. */
function leasedThere(
  planned: readonly Leased[],
  set: readonly LeasedLine[] = [],
  all: readonly Interface[],
): readonly LeasedLine[] {
  const there = planned.filter(({ name, address }) =>
    all.some(
      (one) =>
        one.ifname === name && addressesOf(one).some(({ local, prefixlen }) => `${local}/${prefixlen}` === address),
    ),
  )
  return set.filter((one) => there.some(({ port, vlan }) => port === one.port && vlan === one.vlan))
}

function portOf(link: Interface, role: PortRole): BoxReport['ports'][number] {
  return { name: link.ifname, mac: link.address ?? '00:00:00:00:00:00', isUp: link.flags.includes('LOWER_UP'), role }
}

/** Of a branch with several blocks the address that was set, or that of the block terminals are given addresses of. */
function lanOf(link: Interface, config: WireConfig | undefined, dhcp: string | undefined): BoxReport['lan'][number] {
  const given = dhcp === undefined ? undefined : dhcpIn(dhcp)
  const wished = config?.box?.lan?.find(({ port }) => port === link.ifname)?.ip ?? given?.router
  // Two gateways of a branch have link-local ones besides, to know each other by.
  const addresses = addressesOf(link).filter(({ local }) => !local.startsWith('169.254.'))
  const own = addresses.find(({ local }) => local === wished) ?? addresses[0]
  return {
    port: link.ifname,
    type: given === undefined ? 'STATIC' : 'DHCP',
    ...(own === undefined ? {} : { ip: own.local, length: own.prefixlen }),
    ...(given === undefined ? {} : { start: given.start, end: given.end, lease: given.lease }),
  }
}

function addressesOf({
  addr_info,
}: Interface): readonly { local: string; prefixlen: number; dynamic?: boolean | undefined }[] {
  return addr_info.flatMap(({ family, local, prefixlen, dynamic }) =>
    family === 'inet' && local !== undefined && prefixlen !== undefined ? [{ local, prefixlen, dynamic }] : [],
  )
}

/** What the DHCP server runs with: from the first address of its first range to the last of its last. */
function dhcpIn(text: string): { start: string; end: string; lease: number; router: string | undefined } | undefined {
  const ranges = [...text.matchAll(/^dhcp-range=([\d.]+),([\d.]+),[\d.]+,(\d+)$/gm)]
  const [first, last] = [ranges[0], ranges.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const [, start = '', , seconds] = first
  const [, router] = /^dhcp-option=option:router,([\d.]+)$/m.exec(text) ?? []
  return { start, end: last[2] ?? '', lease: Math.max(1, Math.round(Number(seconds) / 60)), router }
}

function masquerades(rules: readonly Readonly<Record<string, unknown>>[]): boolean {
  return rules.some((one) => JSON.stringify(one['rule'] ?? null).includes('"masquerade"'))
}
