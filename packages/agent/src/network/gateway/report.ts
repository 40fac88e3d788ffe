import type { NetworkReport, WallClock } from '@opensag/protocol'
import { z } from 'zod'
import type { NetworkState } from '../../connection-network-report.ts'
import { textIfThere } from '../../text-file.ts'
import type { Ipsec } from '../ipsec/ipsec.ts'
import { branchTable } from '../marks.ts'
import { gatewayLink } from '../names.ts'
import type { System } from '../system.ts'
import { leasesIn } from './leases.ts'
import { routesIn } from './observe.ts'
import type { Pair } from './pair.ts'

export interface ReportOptions {
  readonly system: Pick<System, 'ipJson'>
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
      const [routes, links, leases] = await Promise.all([
        routesIn(system, branchTable, 'bird'),
        system.ipJson('-s', 'link', 'show'),
        textIfThere(leasesFile),
      ])
      return {
        tunnels: tunnelsTo(pops(), ipsec),
        learnt: learntOn(lan, routes),
        // The server makes the file with its first lease.
        leases: leasesIn(leases ?? '', wallClock()).length,
        traffic: trafficIn(links),
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

const routesSchema = z.array(z.object({ dst: z.string(), dev: z.string().optional() }))

/** Routes of BIRD that lead into the branch: the others came through a tunnel. */
function learntOn(lan: string, routes: unknown): readonly string[] {
  const learnt = routesSchema
    .parse(routes)
    .filter(({ dst, dev }) => dev === lan && dst !== 'default')
    .map(({ dst }) => (dst.includes('/') ? dst : `${dst}/32`))
  return [...new Set(learnt)].sort().slice(0, mostLearnt)
}

const linksSchema = z.array(
  z.object({
    ifname: z.string(),
    stats64: z.object({ rx: z.object({ bytes: z.number() }), tx: z.object({ bytes: z.number() }) }).optional(),
  }),
)

function trafficIn(links: unknown): NetworkReport['traffic'] {
  let [received, sent] = [0, 0]
  for (const { ifname, stats64 } of linksSchema.parse(links)) {
    if (!gatewayLink.test(ifname)) continue
    received += stats64?.rx.bytes ?? 0
    sent += stats64?.tx.bytes ?? 0
  }
  return { received, sent }
}
