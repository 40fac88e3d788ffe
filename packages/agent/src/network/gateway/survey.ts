import type { Survey } from '../../diagnosis/survey.ts'
import { pingProber } from '../../probes/ping.ts'
import { routesIn, routesOf } from '../kernel-routes.ts'
import { branchTable } from '../marks.ts'
import { gatewayLink } from '../names.ts'
import type { System } from '../system.ts'
import { wanAddress, wanMtu } from '../wan.ts'

/** IPv4 and ICMP headers of an echo request. */
const headers = 28
/** What every IPv4 way takes whole, about. */
const smallest = 576
/** Steps of the search: ways narrower by less than the last are not told apart. */
const precision = 4

/** What a gateway on Linux sees when it is to diagnose itself. */
export function machineSurvey(system: System, wan: string): Survey {
  const ping = pingProber(system)

  async function passes(from: string, to: string, bytes: number): Promise<boolean> {
    const whole = ['-M', 'do', '-s', String(bytes - headers)]
    // It ends otherwise when no answer comes, or it is told that a link on the way is narrower.
    return system.run(['ping', '-n', ...whole, '-c', '2', '-i', '0.2', '-W', '1', '-I', from, to]).then(
      () => true,
      () => false,
    )
  }

  return {
    async nextHop() {
      const from = await wanAddress(system, wan)
      const [route] = routesOf(await system.ipJson('-4', 'route', 'show', 'default', 'dev', wan))
      if (from === undefined || route?.gateway === undefined) return undefined
      const outcome = await ping.echo({ from, to: route.gateway, timeoutMs: 1_000 })
      return { address: route.gateway, ms: outcome.is === 'answered' ? outcome.afterMs : undefined }
    },

    async pathMtu(to) {
      const [from, most] = [await wanAddress(system, wan), await wanMtu(system, wan)]
      if (from === undefined) return { got: 0, most }
      if (await passes(from, to, most)) return { got: most, most }
      if (!(await passes(from, to, smallest))) return { got: 0, most }
      let [got, not] = [smallest, most]
      while (not - got > precision) {
        const middle = Math.floor((got + not) / 2)
        if (await passes(from, to, middle)) got = middle
        else not = middle
      }
      return { got, most }
    },

    async routes() {
      const routes = await routesIn(system, branchTable, 'bird')
      return routes.filter(({ dev = '' }) => gatewayLink.test(dev)).length
    },
  }
}
