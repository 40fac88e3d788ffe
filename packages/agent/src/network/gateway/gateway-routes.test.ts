import type { RouteRule, WireRoute } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limit, until } from '../../../../../test/support/time.ts'
import type { BoxFacts } from '../../box/box-state.ts'
import {
  cloud,
  configOf,
  openWorld,
  outside,
  reaches,
  type TestWorld,
  whatNetworksNeed,
} from './testing/world.suite.ts'

const lack = await whatNetworksNeed()

/** Of the router of the branch, and a network behind it of which it tells nobody. */
const router = '172.16.1.250'
const behind = { network: '10.51.0.0/24', host: '10.51.0.1' }
const toBehind = { port: 'lan', vlan: 0, to: behind.network, via: router } as const

describe.skipIf(lack !== undefined)(`static routes of a gateway${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld

  beforeAll(async () => {
    world = await openWorld()
    await world.router.ip([
      'link add quiet type bridge',
      `address add ${behind.host}/24 dev quiet`,
      'link set quiet up',
    ])
    await world.terminal.ip(['address add 172.16.1.9/24 dev eth0', 'route add default via 172.16.1.1'])
    await world.start()
  }, limit(60_000))

  afterAll(() => world?.close(), limit(60_000))

  async function apply(more: Parameters<typeof configOf>[0]): Promise<BoxFacts> {
    const config = configOf(more)
    await world.apply(config)
    await world.network().forwarding.open(undefined)
    return world.network().box.read(config)
  }

  const routeTo = async (to: string): Promise<WireRoute | undefined> =>
    (await world.network().routes.read()).find((one) => one.to === to)
  const fromCloud = () => reaches(world.pops[0], behind.host, cloud)
  const isTold = async (to: string) => (await world.learnt(0)).includes(to)

  test(
    'dynamic: a host behind a router is reached from the cloud while there is a static route to it, and not without',
    async () => {
      await apply({ routingStrategy: 'dynamic' })
      await until('block', () => isTold('172.16.1.0/24'))
      expect([await routeTo(behind.network), await fromCloud()]).toEqual([undefined, false])

      const { staticRoutes, refused } = await apply({
        routingStrategy: 'dynamic',
        box: { staticRoutes: [toBehind] },
      })
      expect([staticRoutes, refused]).toEqual([[toBehind], []])
      await until('told', () => isTold(behind.network))
      expect(await fromCloud()).toBe(true)
      expect(await routeTo('0.0.0.0/0')).toMatchObject({ via: '192.0.2.1', port: 'wan', isDistributed: false })
      const set = { to: behind.network, via: router, port: 'lan', source: 'STATIC', distance: 1, metric: 0 }
      expect(await routeTo(behind.network)).toEqual({ ...set, isDistributed: true })

      await apply({ routingStrategy: 'dynamic', box: { staticRoutes: [] } })
      await until('withdrawn', async () => !(await isTold(behind.network)))
      expect([await routeTo(behind.network), await fromCloud()]).toEqual([undefined, false])
    },
    limit(60_000),
  )

  test(
    'a route that is not to be told is not reached from the cloud, and is again; by a health check while that fails',
    async () => {
      const box = { staticRoutes: [toBehind] }
      const withRules = (routeRules: readonly RouteRule[]) => apply({ routingStrategy: 'dynamic', box, routeRules })
      const rule = { from: 'local', source: 'STATIC', to: behind.network } as const
      await withRules([])
      await until('told', () => isTold(behind.network))
      await withRules([{ ...rule, isDistributed: false }])
      await until('not told', async () => !(await isTold(behind.network)))
      expect([await fromCloud(), (await routeTo(behind.network))?.isDistributed]).toEqual([false, false])
      // The branch goes by it all the same.
      expect(await reaches(world.terminal, behind.host)).toBe(true)

      await withRules([{ ...rule, isDistributed: true, unless: { check: 'hc-1', is: 'failed' } }])
      await until('told', () => isTold(behind.network))
      world.network().followHealth(new Map([['hc-1', 'failed']]))
      await until('not told', async () => !(await isTold(behind.network)))
      expect(await fromCloud()).toBe(false)
      world.network().followHealth(new Map([['hc-1', 'success']]))
      await until('told', () => isTold(behind.network))
      expect(await fromCloud()).toBe(true)
    },
    limit(60_000),
  )

  test(
    'static: the cloud hears of the blocks alone, also of one behind the router; the branch itself goes by the route',
    async () => {
      const box = { staticRoutes: [toBehind] }
      await apply({ box })
      expect(await reaches(world.terminal, behind.host)).toBe(true)
      expect(await routeTo(behind.network)).toMatchObject({ via: router, isDistributed: false })
      expect(await isTold(behind.network)).toBe(false)

      await apply({ cidrs: ['172.16.1.0/24', behind.network], box })
      await until('told', () => isTold(behind.network))
      expect([await fromCloud(), await world.gateway.addresses('lan')]).toEqual([true, ['172.16.1.1']])
      // Without the route it is on the wire as every other block.
      await apply({ cidrs: ['172.16.1.0/24', behind.network] })
      expect(await world.gateway.addresses('lan')).toContain(behind.host)
      expect(await fromCloud()).toBe(true)
    },
    limit(60_000),
  )

  test(
    'a route whose router is on no wire is kept and is none; one by a port that the machine does not have is refused',
    async () => {
      const lost = { ...toBehind, via: '172.16.99.1' }
      const absent = { ...toBehind, port: 'eth9' }
      const { staticRoutes, refused } = await apply({ box: { staticRoutes: [lost, absent] } })
      expect(staticRoutes).toEqual([lost])
      expect(refused).toMatchObject([{ section: 'staticRoutes' }])
      expect(await routeTo(behind.network)).toBeUndefined()
      expect(await reaches(world.terminal, behind.host)).toBe(false)
    },
    limit(60_000),
  )

  test(
    'without a network: by the port to the Internet the branch reaches what a route leads to there, and nothing else',
    async () => {
      await world.internet.ip(['address add 10.52.0.1/32 dev lo', 'route add 172.16.1.0/24 via 192.0.2.2'])
      const toOutside = { port: 'wan', vlan: 0, to: '10.52.0.0/24', via: '192.0.2.1' } as const
      await apply({ network: undefined, box: { staticRoutes: [toBehind, toOutside] } })
      expect(await reaches(world.terminal, '10.52.0.1')).toBe(true)
      expect(await reaches(world.terminal, behind.host)).toBe(true)
      expect(await reaches(world.terminal, outside)).toBe(false)
      // Nobody out there begins anything.
      expect(await reaches(world.internet, '172.16.1.9', '10.52.0.1')).toBe(false)
      await apply({ network: undefined })
      expect(await reaches(world.terminal, '10.52.0.1')).toBe(false)
    },
    limit(60_000),
  )
})
