import type { NetworkReport, WallClock } from '@opensag/protocol'
import { z } from 'zod'
import type { NetworkState } from '../../connection-network-report.ts'
import { textIfThere } from '../../text-file.ts'
import { prefixOf } from '../cidr.ts'
import type { Ipsec } from '../ipsec/ipsec.ts'
import { type KernelRoute, routesIn } from '../kernel-routes.ts'
import { branchTable } from '../marks.ts'
import { gatewayLink } from '../names.ts'
import type { System } from '../system.ts'
import { leasesIn } from './leases.ts'
import type { Pair } from './pair.ts'

export interface ReportOptions {
  readonly system: Pick<System, 'ipJson' | 'tcJson'>
  readonly ipsec: Pick<Ipsec, 'states' | 'onChange'>
  readonly pair: Pick<Pair, 'state' | 'onChange'>
  /** The interface of the branch. */
  readonly lan: string
  /** Of the DHCP server. */
  readonly leasesFile: string
  /** Serial numbers of the points of presence it should have a tunnel to, in their order. */
  readonly pops: () => readonly string[]
  readonly wallClock: WallClock
}

/** As many prefixes as a report has room for. */
const mostLearnt = 200

/** What the machine of a gateway says of its network. */
export function networkStateOf({ system, ipsec, pair, lan, leasesFile, pops, wallClock }: ReportOptions): NetworkState {
  return {
    async read() {
      const [routes, links, queues, leases] = await Promise.all([
        routesIn(system, branchTable, 'bird'),
        system.ipJson('-s', 'link', 'show'),
        system.tcJson('-s', 'qdisc', 'show'),
        textIfThere(leasesFile),
      ])
      return {
        tunnels: tunnelsTo(pops(), ipsec),
        learnt: learntOn(lan, routes),
        // The server makes the file with its first lease.
        leases: leasesIn(leases ?? '', wallClock()).length,
        traffic: trafficIn(links, queues),
        pair: pair.state(),
      }
    },
    onChange(listener) {
      ipsec.onChange(listener)
      pair.onChange(listener)
    },
  }
}

function tunnelsTo(pops: readonly string[], ipsec: ReportOptions['ipsec']): NetworkReport['tunnels'] {
  const states = new Map(ipsec.states().map((state) => [state.name, state]))
  return pops.flatMap((pop) => {
    const state = states.get(pop)
    return state === undefined ? [] : [{ pop, isUp: state.isUp, since: state.since }]
  })
}

/** Routes of BIRD that lead into the branch: the others came through a tunnel. */
function learntOn(lan: string, routes: readonly KernelRoute[]): readonly string[] {
  const learnt = routes.filter(({ dst, dev }) => dev === lan && dst !== 'default').map(({ dst }) => prefixOf(dst))
  return [...new Set(learnt)].sort().slice(0, mostLearnt)
}

const counters = z.object({ bytes: z.number(), packets: z.number(), dropped: z.number() })

const linksSchema = z.array(
  z.object({ ifname: z.string(), stats64: z.object({ rx: counters, tx: counters }).optional() }),
)

const queuesSchema = z.array(z.object({ dev: z.string(), root: z.boolean().optional(), drops: z.number().optional() }))

/** @param queues of all links: what a bandwidth leaves no room for is lost in them, and no counter of the link has it */
function trafficIn(links: unknown, queues: unknown): NetworkReport['traffic'] {
  let [received, sent, passed, dropped] = [0, 0, 0, 0]
  for (const { ifname, stats64 } of linksSchema.parse(links)) {
    if (!gatewayLink.test(ifname) || stats64 === undefined) continue
    const { rx, tx } = stats64
    received += rx.bytes
    sent += tx.bytes
    passed += rx.packets + tx.packets
    dropped += rx.dropped + tx.dropped
  }
  // The root counts what those below it throw away.
  for (const { dev, root, drops = 0 } of queuesSchema.parse(queues)) {
    if (gatewayLink.test(dev) && root === true) dropped += drops
  }
  return { received, sent, packets: passed + dropped, dropped }
}
