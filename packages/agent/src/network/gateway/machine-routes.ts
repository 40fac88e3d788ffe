import type { RouteSource, Timers, WireRoute } from '@opensag/protocol'
import type { RouteState } from '../../connection-routes.ts'
import { prefixOf } from '../cidr.ts'
import { type KernelRoute, routesIn, routesOf } from '../kernel-routes.ts'
import { branchTable, routeProtocol } from '../marks.ts'
import { gatewayLink } from '../names.ts'
import type { System } from '../system.ts'
import type { GatewaySetup } from './setup.ts'
import { type Places, portOf, staticProtocol } from './static-routes.ts'
import { type Watched, watched } from './watched.ts'

export interface MachineRoutesOptions {
  readonly system: Pick<System, 'ipJson'>
  readonly setup: GatewaySetup
  /** The leased lines that it has now. */
  readonly leased: () => Places['leased']
  /** What BIRD answers to `show …`; nothing where it does not run. */
  readonly show: (...what: readonly string[]) => Promise<string>
  readonly timers: Timers
  /** They could not be read: that is tried again. */
  readonly problem: (error: unknown) => void
}

/** How often it looks for others: what routers announce comes and goes. */
const lookEveryMs = 10_000

/**
 * The routes of the branch as the kernel has them; which protocol each is of, and whether it is told on, is asked of BIRD. The way
 * of the machine itself to the Internet is among them. `soon`: BIRD has its neighbours a moment after it is told of them.
 */
export function openMachineRoutes({
  timers,
  problem,
  ...options
}: MachineRoutesOptions): RouteState & Pick<Watched<void, unknown>, 'soon' | 'close'> {
  return watched<void, readonly WireRoute[]>({ read: () => readRoutes(options), everyMs: lookEveryMs, timers, problem })
}

type Readable = Pick<MachineRoutesOptions, 'system' | 'setup' | 'leased' | 'show'>

async function readRoutes({ system, setup, leased, show }: Readable): Promise<readonly WireRoute[]> {
  const [inBranch, defaults, primary, ...told] = await Promise.all([
    routesIn(system, branchTable),
    system.ipJson('-4', 'route', 'show', 'default'),
    show('route', 'primary', 'table', 'master4'),
    ...['pop0', 'pop1', 'lan'].map((protocol) => show('route', 'export', protocol)),
  ])
  const known = birdRoutes(primary)
  const toCloud = new Set([...birdRoutes(told[0]).keys(), ...birdRoutes(told[1]).keys()])
  const toBranch = birdRoutes(told[2])
  const found = inBranch.flatMap((route) => {
    const kind = kindOf(route, known)
    return kind === undefined
      ? []
      : hopsOf(route, leased()).map((hop) => ({ to: prefixOf(route.dst), ...hop, ...kind }))
  })
  return [
    ...found.map((route) => ({
      ...route,
      isDistributed: route.port === undefined ? toBranch.has(route.to) : toCloud.has(route.to),
    })),
    ...routesOf(defaults).flatMap((route) =>
      hopsOf(route, leased())
        .filter(({ port }) => port === setup.wan)
        .map((hop) => ({
          ...{ to: prefixOf(route.dst), ...hop, source: 'STATIC' as const, distance: 0, metric: route.metric ?? 0 },
          isDistributed: false,
        })),
    ),
  ]
}

type Kind = Pick<WireRoute, 'source' | 'distance' | 'metric'>

/** Distances are those that routers commonly have. */
function kindOf(route: KernelRoute, known: ReadonlyMap<string, BirdRoute>): Kind | undefined {
  if (route.type !== undefined && route.type !== 'unicast') return undefined
  // A block of the branch, on its wire.
  if (route.protocol === String(routeProtocol)) return { source: 'STATIC', distance: 0, metric: 0 }
  const { protocol, metric = 0 } = known.get(prefixOf(route.dst)) ?? {}
  if (route.protocol !== 'bird' || protocol === undefined) return undefined
  if (protocol === staticProtocol) return { source: 'STATIC', distance: 1, metric: 0 }
  const source: RouteSource = protocol === 'lan' ? 'OSPF' : 'BGP'
  return source === 'OSPF' ? { source, distance: 110, metric } : { source, distance: 20, metric: 0 }
}

function hopsOf(route: KernelRoute, leased: Places['leased']): readonly Pick<WireRoute, 'via' | 'port' | 'vlan'>[] {
  return (route.nexthops ?? [route]).map(({ gateway, dev = '' }) => {
    const { port, vlan } = portOf(dev, leased)
    return {
      ...(gateway === undefined ? {} : { via: gateway }),
      ...(gatewayLink.test(dev) ? {} : { port }),
      ...(vlan === 0 ? {} : { vlan }),
    }
  })
}

interface BirdRoute {
  readonly protocol: string
  readonly metric: number
}

/** Lines such as `10.50.0.0/24 unicast [lan 10:00:00.000] * I (150/20) […]`; of several of one prefix the first is the best. */
function birdRoutes(text = ''): ReadonlyMap<string, BirdRoute> {
  const found = [...text.matchAll(/^([\d.]+\/\d+)\s+\S+ \[(\S+) [^\]]*\][^(\n]*\(\d+(?:\/(\d+))?/gm)]
  return new Map(
    found.reverse().map(([, to = '', protocol = '', metric = '0']) => [to, { protocol, metric: Number(metric) }]),
  )
}
