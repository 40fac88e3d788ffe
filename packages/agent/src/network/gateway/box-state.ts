import type { BoxReport, Timers, WireConfig } from '@opensag/protocol'
import { contains } from '@opensag/rules'
import { z } from 'zod'
import type { BoxFacts, BoxState } from '../../box/box-state.ts'
import { textIfThere } from '../../text-file.ts'
import { networkOf } from '../cidr.ts'
import { insideTunnels } from '../names.ts'
import { ownTable } from '../own-table.ts'
import type { System } from '../system.ts'
import type { GatewaySetup } from './setup.ts'

export interface MachineBoxOptions {
  readonly system: Pick<System, 'ipJson' | 'nftJson'>
  readonly setup: GatewaySetup
  /** The configuration of the DHCP server, where there is one. */
  readonly dhcpFile: string
  /** What it speaks with the routers of its branch. */
  readonly routing: (config: WireConfig | undefined) => Promise<Pick<BoxReport, 'routing' | 'refused'>>
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
  const listeners: (() => void)[] = []
  let told: WireConfig | undefined
  let known: string | undefined
  let cancel = (): void => {}
  let isClosed = false

  async function read(config: WireConfig | undefined): Promise<BoxFacts> {
    const facts = await readBox(options, config)
    told = config
    known = JSON.stringify(facts)
    return facts
  }

  async function look(): Promise<void> {
    if (known === undefined || known === JSON.stringify(await readBox(options, told))) return
    for (const listener of listeners) listener()
  }

  function lookLater(): void {
    if (isClosed) return
    cancel = timers.after(lookEveryMs, () => void look().catch(problem).finally(lookLater))
  }

  lookLater()
  return {
    read,
    onChange: (listener) => void listeners.push(listener),
    close() {
      isClosed = true
      cancel()
    },
  }
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

const routesSchema = z.array(z.object({ gateway: z.string().optional(), dev: z.string().optional() }))
const rulesSchema = z.object({ nftables: z.array(z.record(z.string(), z.unknown())) })

type Readable = Pick<MachineBoxOptions, 'system' | 'setup' | 'dhcpFile' | 'routing'>

async function readBox(
  { system, setup, dhcpFile, routing }: Readable,
  config: WireConfig | undefined,
): Promise<BoxFacts> {
  const [links, defaults, table, dhcp, spoken] = await Promise.all([
    system.ipJson('address', 'show'),
    system.ipJson('-4', 'route', 'show', 'default'),
    system.nftJson('list', 'table', 'inet', ownTable),
    textIfThere(dhcpFile),
    routing(config),
  ])
  const all = linksSchema.parse(links)
  const wan = all.find(({ ifname }) => ifname === setup.wan)
  const lan = all.find(({ ifname }) => ifname === setup.lan)
  return {
    ports: [...(wan === undefined ? [] : [portOf(wan, 'WAN')]), ...(lan === undefined ? [] : [portOf(lan, 'LAN')])],
    wan: wan === undefined ? [] : [wanOf(wan, routesSchema.parse(defaults))],
    lan: lan === undefined ? [] : [lanOf(lan, config, dhcp)],
    snat: masquerades(rulesSchema.parse(table).nftables),
    ...spoken,
  }
}

function portOf(link: Interface, role: 'WAN' | 'LAN'): BoxReport['ports'][number] {
  return { name: link.ifname, mac: link.address ?? '00:00:00:00:00:00', isUp: link.flags.includes('LOWER_UP'), role }
}

const tunnels = networkOf(insideTunnels)

function wanOf(link: Interface, defaults: z.infer<typeof routesSchema>): BoxReport['wan'][number] {
  const own = addressesOf(link).find(({ local }) => !contains(tunnels, networkOf(`${local}/32`)))
  const way = defaults.find(({ dev }) => dev === link.ifname)
  return {
    port: link.ifname,
    type: own === undefined || own.dynamic === true ? 'DHCP' : 'STATIC',
    ...(own === undefined ? {} : { ip: own.local, length: own.prefixlen }),
    ...(way?.gateway === undefined ? {} : { gateway: way.gateway }),
    isActive: way !== undefined && defaults[0]?.dev === link.ifname,
  }
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
