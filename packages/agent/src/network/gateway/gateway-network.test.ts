import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { tunnelIdentityOf } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limit, until } from '../../../../../test/support/time.ts'
import type { System } from '../system.ts'
import {
  cloud,
  configOf,
  network,
  openWorld,
  reaches,
  type TestWorld,
  whatNetworksNeed,
} from './testing/world.suite.ts'

const lack = await whatNetworksNeed()

describe.skipIf(lack !== undefined)(`a gateway${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld
  let before: string

  beforeAll(async () => {
    world = await openWorld()
    before = await everything(world.gateway)
    await world.start()
  }, limit(60_000))

  afterAll(() => world?.close(), limit(60_000))

  const answers = (from: System, to: string, source?: string): Promise<boolean> =>
    until(`${to} answers`, () => reaches(from, to, source))

  test(
    'until the offline lock has said so nothing of the branch is let through',
    async () => {
      await world.apply(configOf())
      expect(await world.lease()).toMatch(/^172\.16\.1\./)
      await until('routes', async () => (await world.learnt(0)).includes('172.16.1.0/24'))
      expect(await reaches(world.terminal, cloud)).toBe(false)
      await world.network().forwarding.open(undefined)
      await answers(world.terminal, cloud)
    },
    limit(60_000),
  )

  test('strongSwan is told of a tunnel to each point of presence', () => {
    expect(world.tunnels()).toEqual({
      identity: 'sag-1.c7.sag',
      address: '198.18.0.1',
      wan: '192.0.2.2',
      tunnels: network.pops.map(({ serial, endpoint, address }) => ({
        name: serial,
        identity: tunnelIdentityOf(serial),
        endpoint,
        address,
      })),
    })
  })

  test('the server is told of its tunnels, its terminal and its traffic, as the machine says', async () => {
    const told = await world.network().state.read()
    expect(told.tunnels).toEqual(network.pops.map(({ serial }) => ({ pop: serial, isUp: true, since: 0 })))
    expect(told).toMatchObject({ leases: 1, learnt: [] })
    expect(Math.min(told.traffic.received, told.traffic.sent)).toBeGreaterThan(0)
  })

  test(
    'the kernel locks by itself when nobody says any more that it may stay open, and opens again',
    async () => {
      await world.network().forwarding.open(1000)
      expect(await world.network().forwarding.hasRunOut()).toBe(false)
      await until('locked', async () => !(await reaches(world.terminal, cloud)))
      expect(await world.network().forwarding.hasRunOut()).toBe(true)
      await world.network().forwarding.open(undefined)
      expect(await reaches(world.terminal, cloud)).toBe(true)
      await world.network().forwarding.shut()
      expect(await reaches(world.terminal, cloud)).toBe(false)
      await world.network().forwarding.open(undefined)
    },
    limit(60_000),
  )

  test(
    'another first block: terminals get addresses of it, and points of presence forget the old one',
    async () => {
      const { ip } = world.gateway
      const wasRunning: boolean[] = []
      Object.assign(world.gateway, {
        async ip(lines: readonly string[]) {
          if (lines.some((line) => /172\.16\.1\./.test(line))) {
            wasRunning.push(existsSync(join(world.folder, 'dnsmasq.pid')))
          }
          await ip(lines)
        },
      })
      await world.apply(configOf({ cidrs: ['172.16.7.0/25', '172.16.8.0/24'] }))
      Object.assign(world.gateway, { ip })
      // It would ask the Internet whether an address of the old one is in use.
      expect(wasRunning).toEqual([false])
      expect(await world.lease()).toMatch(/^172\.16\.7\./)
      await answers(world.terminal, cloud)
      await until('routes', async () => !(await world.learnt(0)).includes('172.16.1.0/24'))
      expect(await world.learnt(0)).toMatch(/172\.16\.7\.0\/25.*\n.*172\.16\.8\.0\/24/)
      expect(await world.gateway.run(['ip', 'route', 'show', 'table', 'all'])).not.toContain('172.16.1.')
      await world.apply(configOf())
      await world.lease()
      await answers(world.terminal, cloud)
    },
    limit(60_000),
  )

  test(
    'the first point of presence is preferred, and the second takes over when it is gone',
    async () => {
      const way = (): Promise<string> => world.gateway.run(['ip', 'route', 'show', 'table', '7240', '10.10.0.0/24'])
      await until('both', async () => (await world.learnt(1)).includes('172.16.1.0/24'))
      expect(await way()).toContain('dev ccn0')
      await world.gateway.ip(['link set to-pop0 down'])
      await until('the second', async () => (await way()).includes('dev ccn1'))
      await answers(world.terminal, cloud)
      await world.gateway.ip(['link set to-pop0 up'])
      await until('the first again', async () => (await way()).includes('dev ccn0'))
    },
    limit(60_000),
  )

  test(
    'without tunnels nothing leaves, in clear least of all, and what is not for the network does not either',
    async () => {
      await world.gateway.ip(['rule del lookup 220 pref 220'])
      const dropped = async (): Promise<number> =>
        droppedBy(await world.gateway.run(['nft', 'list', 'chain', 'inet', 'opensag', 'guard-output']))
      const old = await dropped()
      await reaches(world.terminal, cloud)
      expect(await dropped()).toBeGreaterThan(old)
      // Everything of the interface to the Internet but questions for the address of its router.
      expect(await world.gateway.run(['ip', '-s', 'neigh', 'show', 'dev', 'wan'])).not.toMatch(/198\.1[89]\./)
      await world.gateway.ip(['rule add lookup 220 pref 220'])
      expect(await reaches(world.terminal, '203.0.113.9')).toBe(false)
      await answers(world.terminal, cloud)
    },
    limit(60_000),
  )

  test(
    'dynamic: what a router of the branch announces is passed on, and its hosts are reached; static: no more',
    async () => {
      expect(await world.learnt(0)).not.toContain('10.50.0')
      await world.apply(configOf({ routingStrategy: 'dynamic' }))
      await until('learnt', async () => (await world.learnt(0)).includes('10.50.0.'))
      await answers(world.router, cloud, '10.50.0.1')
      // What the point of presence announces is told to the router, too.
      const isTold = async () => (await world.router.run(['ip', 'route'])).includes('10.10.0.0/24')
      await until('told', isTold)
      const routes = async () => (await world.network().routes.read()).filter(({ to }) => /^10\.[15]0\.0/.test(to))
      const [ofCloud, learnt] = [
        { source: 'BGP', distance: 20 },
        { port: 'lan', source: 'OSPF', distance: 110 },
      ]
      expect(await routes()).toMatchObject([ofCloud, learnt].map((one) => ({ ...one, isDistributed: true })))
      // By rules neither is told any more, and both are in use all the same.
      const routeRules = [
        { from: 'local', source: 'OSPF', to: '10.50.0.0/24', isDistributed: false },
        { from: 'cloud', source: 'BGP', to: '10.10.0.0/24', isDistributed: false },
      ] as const
      await world.apply(configOf({ routingStrategy: 'dynamic', routeRules }))
      await until('neither', async () => !(await world.learnt(0)).includes('10.50.0.') && !(await isTold()))
      expect(await routes()).toMatchObject([ofCloud, learnt].map((one) => ({ ...one, isDistributed: false })))
      await world.apply(configOf())
      await until('withdrawn', async () => !(await world.learnt(0)).includes('10.50.0.'))
      expect(await world.learnt(0)).toContain('172.16.1.0/24')
    },
    limit(90_000),
  )

  test(
    'a hidden range leaves as one address, which is announced in its place, and nobody reaches it',
    async () => {
      await world.apply(configOf({ snat: [{ cidr: '172.16.1.0/24', ip: '10.99.0.1' }] }))
      await until('announced', async () => (await world.learnt(0)).includes('10.99.0.1'))
      await until('withdrawn', async () => !(await world.learnt(0)).includes('172.16.1.0'))
      await answers(world.terminal, cloud)
      await world.pops[0].ip([`route add 172.16.1.0/24 via ${network.pops[0]?.local} src ${cloud}`])
      expect(await reaches(world.pops[0], '172.16.1.250', cloud)).toBe(false)
      await world.apply(configOf())
      await answers(world.pops[0], '172.16.1.250', cloud)
    },
    limit(60_000),
  )

  test(
    'the bandwidth of the instance is that of each link, and changes while packets pass',
    async () => {
      const rate = async (link: string): Promise<string> =>
        world.gateway.run(['tc', 'class', 'show', 'dev', link, 'classid', '1:1'])
      expect(await rate('ccn0')).toContain('ceil 10Mbit')
      await world.apply(configOf({ network: { ...network, bandwidth: 50 } }))
      expect(await rate('ccn0')).toContain('ceil 50Mbit')
      expect(await rate('ccn1')).toContain('ceil 50Mbit')
    },
    limit(60_000),
  )

  test(
    'the agent dies: packets go on, and the next one goes on with its daemons and changes nothing',
    async () => {
      await world.apply(configOf())
      const daemons = async (): Promise<string> =>
        world.gateway.run([
          'sh',
          '-c',
          'ip netns pids $(ip netns identify $$) | xargs ps -o pid=,comm= -p | grep -E "bird|dnsmasq"',
        ])
      const links = (): Promise<string> => world.gateway.run(['ip', '-o', 'link', 'show', 'type', 'vxlan'])
      const [wasRunning, were] = [await daemons(), await links()]
      expect(wasRunning).toMatch(/bird[\s\S]*dnsmasq|dnsmasq[\s\S]*bird/)
      await world.start()
      expect(await reaches(world.terminal, cloud)).toBe(true)
      await world.apply(configOf())
      expect(await reaches(world.terminal, cloud)).toBe(true)
      expect(await daemons()).toBe(wasRunning)
      expect(await links()).toBe(were)
    },
    limit(60_000),
  )

  test(
    'the agent dies, and the next one is given another first block: terminals get addresses of it',
    async () => {
      await world.start()
      await world.apply(configOf({ cidrs: ['172.16.9.0/24'] }))
      expect(await world.lease()).toMatch(/^172\.16\.9\./)
      await world.apply(configOf())
      expect(await world.lease()).toMatch(/^172\.16\.1\./)
    },
    limit(60_000),
  )

  test(
    'what somebody has taken away comes back with the same configuration',
    async () => {
      await world.gateway.ip(['link del ccn0', 'address del 172.16.1.1/24 dev lan', 'rule del iif lan lookup 7240'])
      await world.gateway.run(['nft', 'delete', 'table', 'inet', 'opensag'])
      await world.apply(configOf())
      await answers(world.terminal, cloud)
    },
    limit(60_000),
  )

  test(
    'an interface of another that bears a name of ours is refused, and left alone',
    async () => {
      await world.apply(undefined)
      await world.gateway.ip(['link add ccn0 type bridge'])
      await expect(world.apply(configOf())).rejects.toThrow('ccn0')
      await world.gateway.ip(['link del ccn0'])
      await world.apply(configOf())
      await world.lease()
      await answers(world.terminal, cloud)
    },
    limit(60_000),
  )

  test(
    'without a network terminals keep their addresses and reach nothing but their branch',
    async () => {
      await world.apply(configOf({ network: undefined }))
      expect(world.tunnels()).toBeUndefined()
      expect(await world.lease()).toMatch(/^172\.16\.1\./)
      expect(await reaches(world.terminal, '172.16.1.250')).toBe(true)
      expect(await reaches(world.terminal, cloud)).toBe(false)
      expect(await world.gateway.run(['ip', 'route', 'show', 'table', '7240'])).not.toContain('bird')
    },
    limit(60_000),
  )

  test(
    'of two gateways: addresses come and go with keepalived, also those that a dead one has left',
    async () => {
      const onLan = (): Promise<string> => world.gateway.run(['ip', '-4', '-o', 'address', 'show', 'dev', 'lan'])
      const pair = { router: 1, role: 'main' } as const
      await world.apply(configOf({ pair }))
      await answers(world.terminal, cloud)
      await until('it says so', async () => (await world.network().state.read()).pair?.isActive === true)
      await until('announced', async () => (await world.learnt(0)).includes('172.16.1.0/24'))
      await world.start()
      const pids = "ip netns pids $(ip netns identify $$) | xargs ps -o pid=,comm= -p | sed -n 's/ keepalived.*//p'"
      await world.gateway.run(['sh', '-c', `all=$(${pids}); kill -STOP $all; kill -KILL $all`])
      expect(await onLan()).toContain(' 172.16.1.1/24 ')
      await world.apply(configOf({ pair, cidrs: ['172.16.9.0/24'] }))
      await until('the other block', async () => (await onLan()).includes(' 172.16.9.1/24 '))
      expect(await onLan()).not.toContain(' 172.16.1.1/')
      await world.apply(configOf())
      expect(await onLan()).toContain(' 172.16.1.1/24 ')
      expect(await onLan()).not.toMatch(/ 172\.16\.9\.| 169\.254\./)
      await answers(world.terminal, cloud)
    },
    limit(60_000),
  )

  test(
    'taken away: the machine is as it was',
    async () => {
      await world.apply(configOf({ pair: { router: 1, role: 'backup' } }))
      await world.remove()
      expect(await everything(world.gateway)).toBe(before)
    },
    limit(60_000),
  )
})

/** All that a gateway sets, of a machine. */
async function everything(system: System): Promise<string> {
  const parts = [
    await system.run(['ip', '-o', 'link']),
    await system.run(['ip', '-o', '-4', 'address']),
    await system.run(['ip', 'rule']),
    await system.run(['ip', '-4', 'route', 'show', 'table', 'all']),
    await system.run(['nft', 'list', 'ruleset']),
    await system.sysctlValue('net/ipv4/ip_forward'),
  ]
  // Whether a bridge is up is the business of those who are plugged in.
  return parts
    .join('\n')
    .replace(/^.*lan:.*$/gm, 'lan')
    .replace(/^(.*\bwan:) <\S+>(.*) state \S+/gm, '$1$2')
}

function droppedBy(chain: string): number {
  return Number(/packets (\d+)/.exec(chain)?.[1])
}
