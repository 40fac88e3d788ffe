import { isIPv4 } from 'node:net'
import type { ToolCounter, ToolLogLine, ToolOrigin, ToolRoute, WallClock } from '@opensag/protocol'
import { z } from 'zod'
import { textIfThere } from '../../text-file.ts'
import { plainLine } from '../../tools/kept-lines.ts'
import { done, type ToolBox, ToolFailed } from '../../tools/tool-box.ts'
import { prefixOf } from '../cidr.ts'
import { routesIn } from '../kernel-routes.ts'
import { branchTable, ownedTable } from '../marks.ts'
import type { System } from '../system.ts'
import { leasesIn } from './leases.ts'
import { machineNamed } from './machine-named.ts'
import { pingText } from './ping-text.ts'
import { type Ping, traceroute } from './traceroute.ts'

export interface MachineToolsOptions {
  readonly system: Pick<System, 'run' | 'ipJson'>
  /** The address that packets from there have; undefined: it has none now. */
  readonly addressAt: (from: ToolOrigin) => Promise<string | undefined>
  /** Of the DHCP server. */
  readonly leasesFile: string
  readonly wallClock: WallClock
}

/**
 * The tools of a gateway on Linux, in its network and without a shell. A program is given addresses only: a name is looked up here,
 * and one of the machine itself is none. Packets from an address of the branch take the routes of the branch.
 */
export function machineTools(options: MachineToolsOptions, log: () => readonly ToolLogLine[]): ToolBox {
  const { system, addressAt, leasesFile, wallClock } = options

  async function way(target: string, from: ToolOrigin) {
    const source = await addressAt(from)
    if (source === undefined) throw new ToolFailed('no-address')
    const to = await machineNamed(target)
    if (to === undefined) throw new ToolFailed('unresolved')
    // 1: no answer came, which is one.
    const ping: Ping = (...args) => system.run(['ping', '-n', '-I', source, ...args], '', [1])
    return { to, ping, told: isIPv4(target) ? {} : { address: to } }
  }

  return {
    async run(request) {
      const { tool } = request
      switch (tool) {
        case 'ping': {
          const { to, ping, told } = await way(request.target, request.from)
          const text = await ping('-c', String(request.count), '-i', '0.2', '-W', '1', to)
          return done({ tool, ...told, ...pingText(text, request.count) })
        }
        case 'traceroute': {
          const { to, ping, told } = await way(request.target, request.from)
          return done({ tool, ...told, ...(await traceroute(ping, to)) })
        }
        case 'routes':
          return done({ tool, routes: await shownRoutes(system) })
        case 'leases': {
          // The server makes the file with its first lease.
          const leases = leasesIn((await textIfThere(leasesFile)) ?? '', wallClock())
          return done({
            tool,
            leases: leases.map(({ address, mac, name, until }) => ({
              ...{ address, mac },
              ...(name === null ? {} : { name: plainLine(name, 64) }),
              ...(until === null ? {} : { until }),
            })),
          })
        }
        case 'counters':
          return done({ tool, counters: countersIn(await system.ipJson('-s', 'link', 'show')) })
        case 'log':
          return done({ tool, log: log() })
      }
    },
  }
}

/** In the order in which packets of the branch look them up. */
const tables = [
  ['owned', ownedTable],
  ['branch', branchTable],
  ['main', 'main'],
] as const

async function shownRoutes(system: Pick<System, 'ipJson'>): Promise<readonly ToolRoute[]> {
  const all = await Promise.all(
    tables.map(async ([table, number]) =>
      (await routesIn(system, number)).flatMap(({ type, dst, protocol, metric, ...own }) =>
        (own.nexthops ?? [own]).map(
          ({ gateway, dev }): ToolRoute => ({
            ...{ table, to: prefixOf(dst) },
            ...(type === undefined || type === 'unicast' ? {} : { type }),
            ...(gateway === undefined ? {} : { via: gateway }),
            ...(dev === undefined ? {} : { port: dev }),
            ...(protocol === undefined ? {} : { source: protocol }),
            ...(metric === undefined ? {} : { metric }),
          }),
        ),
      ),
    ),
  )
  return all.flat()
}

const counts = z.object({ bytes: z.number(), packets: z.number(), errors: z.number(), dropped: z.number() })
const linksSchema = z.array(
  z.object({
    ifname: z.string(),
    flags: z.array(z.string()).optional(),
    stats64: z.object({ rx: counts, tx: counts }).optional(),
  }),
)

function countersIn(links: unknown): readonly ToolCounter[] {
  return linksSchema.parse(links).flatMap(({ ifname, flags = [], stats64 }) => {
    if (stats64 === undefined || flags.includes('LOOPBACK')) return []
    return [{ port: ifname, isUp: flags.includes('LOWER_UP'), received: stats64.rx, sent: stats64.tx }]
  })
}
