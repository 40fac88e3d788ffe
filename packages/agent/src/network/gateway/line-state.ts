import type { BoxReport, WireConfig } from '@opensag/protocol'
import { contains } from '@opensag/rules'
import { networkOf } from '../cidr.ts'
import { routesOf } from '../kernel-routes.ts'
import { insideTunnels } from '../names.ts'
import type { LimitState } from './wan-limit.ts'
import { halves } from './wan-plan.ts'

interface LineInterface {
  readonly name: string
  readonly addresses: readonly {
    readonly local: string
    readonly prefixlen: number
    /** It has it of a DHCP server. */
    readonly dynamic?: boolean | undefined
  }[]
}

/** How a line to the Internet is set, from the addresses and the routes of the machine. */
export function lineOf(
  { name, addresses }: LineInterface,
  routes: unknown,
  limit: LimitState,
  config: WireConfig | undefined,
): BoxReport['wan'][number] {
  const set = config?.box?.wan?.find(({ port }) => port === name)
  const outside = addresses.filter(({ local }) => !contains(networkOf(insideTunnels), networkOf(`${local}/32`)))
  const own = outside.find(({ local }) => set?.type === 'STATIC' && local === set.ip) ?? outside[0]
  const all = routesOf(routes)
  const half = all.find(({ dst }) => dst === halves[0])
  const way = half ?? all.find(({ dst, dev }) => dst === 'default' && dev === name)
  const first = half ?? all.find(({ dst }) => dst === 'default')
  return {
    port: name,
    type: own === undefined || own.dynamic === true ? 'DHCP' : 'STATIC',
    ...(own === undefined ? {} : { ip: own.local, length: own.prefixlen }),
    ...(way?.gateway === undefined ? {} : { gateway: way.gateway }),
    isActive: first?.dev === name && first.type === undefined,
    ...(set === undefined ? {} : { priority: set.priority, weight: set.weight, isp: set.isp }),
    ...(set?.bandwidth === undefined || limit !== 'own' ? {} : { bandwidth: set.bandwidth }),
  }
}
