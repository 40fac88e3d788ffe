import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answering, asked, connected, impatience, type Talker } from '../../../../../test/support/talk.ts'
import { limit, until } from '../../../../../test/support/time.ts'
import {
  cloud,
  configOf,
  openWorld,
  outside,
  reaches,
  type TestWorld,
  wanIp,
  whatNetworksNeed,
} from './testing/world.suite.ts'

const lack = await whatNetworksNeed()

/** On the LAN: a host behind no router, and one that only dynamic routing finds. */
const host = '172.16.1.250'
const behind = '10.50.0.1'
const external = '10.99.0.2'

describe.skipIf(lack !== undefined)(`DNAT at a gateway${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld
  let running: readonly Talker[] = []

  beforeAll(async () => {
    world = await openWorld()
    // What a strict machine has.
    await world.gateway.sysctl('net/ipv4/conf/wan/rp_filter', '1')
    await world.start()
    running = [
      await answering(world.router, 'router', [8080, 8081, 500]),
      await answering(world.gateway, 'gateway', [22, 500, 4500]),
      await answering(world.internet, 'internet', [443]),
    ]
  }, limit(60_000))

  afterAll(async () => {
    await Promise.all(running.map((one) => one.end()))
    await world?.close()
  }, limit(60_000))

  async function apply(more: Parameters<typeof configOf>[0]): Promise<void> {
    await world.apply(configOf(more))
    await world.network().forwarding.open(undefined)
  }

  const ofCloud = (port: number) => ({ to: external, port, source: cloud })
  const ofInternet = (port: number, protocol: 'tcp' | 'udp' = 'tcp') => ({ protocol, to: wanIp, port, source: outside })
  const fromCloud = (port: number, ms?: number) => asked(world.pops[0], ofCloud(port), ms)
  const fromInternet = (port: number, protocol?: 'tcp' | 'udp', ms?: number) =>
    asked(world.internet, ofInternet(port, protocol), ms)
  const nobodyFromCloud = async (port: number) => expect(await fromCloud(port, impatience)).toBeUndefined()
  const nobodyFromInternet = async (port: number) => expect(await fromInternet(port, 'tcp', impatience)).toBeUndefined()
  const nothingMore = async (one: Talker) => {
    one.say('x')
    expect(await one.line(impatience)).toBeUndefined()
    await one.end()
  }

  test(
    'a port of an address in the network is a host’s, also where its range is hidden; other ports are nobody’s; without the entry a running connection ends',
    async () => {
      const entry = { ip: external, protocol: 'tcp', ports: { from: 80, to: 8080 }, to: host } as const
      await apply({ dnat: [entry], snat: [{ cidr: '172.16.1.0/24', ip: '10.99.0.1' }] })
      await until('announced', async () => (await world.learnt(0)).includes(external))
      await until('answered', async () => (await fromCloud(80, impatience)) === `router ${cloud}`)
      await nobodyFromCloud(8080)
      expect(await reaches(world.pops[0], external, cloud)).toBe(false)

      const connection = await connected(world.pops[0], external, 80, cloud)
      connection.say('x')
      expect(await connection.line()).toBe(`router ${cloud}`)
      await apply({ dnat: [{ ...entry, ports: { from: 81, to: 8080 } }] })
      await nothingMore(connection)
      expect(await fromCloud(81)).toBe(`router ${cloud}`)
      await apply({})
      await until('withdrawn', async () => !(await world.learnt(0)).includes(external))
    },
    limit(60_000),
  )

  test(
    'an entry for one port counts before one for all',
    async () => {
      const ofAll = { ip: external, protocol: 'any', to: behind } as const
      const ofOne = { ip: external, protocol: 'tcp', ports: { from: 80, to: 8080 }, to: host } as const
      await apply({ dnat: [ofAll, ofOne] })
      await until('answered', async () => (await fromCloud(80, impatience)) === `router ${cloud}`)
      // Where the other one leads there is nothing, with static routing.
      await nobodyFromCloud(8081)
      await apply({ dnat: [{ ...ofAll, to: host }, ofOne] })
      expect([await fromCloud(80), await fromCloud(8081)]).toEqual([`router ${cloud}`, `router ${cloud}`])
      expect(await reaches(world.pops[0], external, cloud)).toBe(true)
    },
    limit(60_000),
  )

  test(
    'a port of the WAN is a host’s: its answers leave there, nothing that the branch begins does, and the lock ends it',
    async () => {
      const entry = { protocol: 'tcp', ports: { from: 443, to: 8080 }, to: host } as const
      await apply({ dnat: [entry] })
      expect(await fromInternet(443)).toBe(`router ${outside}`)
      expect(await fromInternet(22)).toBe(`gateway ${outside}`)
      await nobodyFromInternet(8080)

      const connection = await connected(world.internet, wanIp, 443, outside)
      connection.say('x')
      expect(await connection.line()).toBe(`router ${outside}`)
      // Of what the branch itself begins nothing comes out, whatever its address and port.
      expect(
        await left(() => asked(world.router, { protocol: 'tcp', to: outside, port: 443, source: host }, impatience)),
      ).toBe(0)
      expect(
        await left(() => asked(world.router, { protocol: 'udp', to: outside, port: 443, source: host }, impatience)),
      ).toBe(0)
      connection.say('x')
      expect(await connection.line()).toBe(`router ${outside}`)

      await world.network().forwarding.shut()
      await nobodyFromInternet(443)
      await world.network().forwarding.open(undefined)
      await apply({})
      await nothingMore(connection)
      await nobodyFromInternet(443)
    },
    limit(60_000),
  )

  test(
    'everything of the WAN is a host’s but what the gateway lives of: IKE, and the connections that it made',
    async () => {
      await apply({})
      const own = await connected(world.gateway, outside, 443, wanIp)
      own.say('x')
      expect(await own.line()).toBe(`internet ${wanIp}`)
      await apply({ dnat: [{ protocol: 'any', to: host }] })
      expect(await fromInternet(8080)).toBe(`router ${outside}`)
      expect(await fromInternet(8081, 'udp')).toBe(`router ${outside}`)
      expect(await fromInternet(500, 'udp')).toBe(`gateway ${outside}`)
      expect(await fromInternet(4500, 'udp')).toBe(`gateway ${outside}`)
      // Its machine has forgotten all connections, and the other end is the first to speak.
      await world.gateway.run(['conntrack', '-F'])
      running[2]?.say('from the server')
      expect(await own.line()).toBe('from the server')
      await own.end()
    },
    limit(60_000),
  )

  test(
    'dynamic: a host behind a router of the branch is reached from the Internet, too',
    async () => {
      await apply({ dnat: [{ protocol: 'tcp', ports: { from: 443, to: 8080 }, to: behind }] })
      expect(await left(() => fromInternet(443, 'tcp', impatience))).toBe(0)
      await apply({
        routingStrategy: 'dynamic',
        dnat: [{ protocol: 'tcp', ports: { from: 443, to: 8080 }, to: behind }],
      })
      await until('reached', async () => (await fromInternet(443, 'tcp', impatience)) === `router ${outside}`)
    },
    limit(60_000),
  )

  test(
    'the agent dies and an entry goes meanwhile: its connections end with the next one',
    async () => {
      const inner = { ip: external, protocol: 'tcp', ports: { from: 80, to: 8080 }, to: host } as const
      const outer = { protocol: 'tcp', ports: { from: 443, to: 8080 }, to: host } as const
      await apply({ dnat: [inner, outer] })
      await until('answered', async () => (await fromCloud(80, impatience)) === `router ${cloud}`)
      const connections = [
        await connected(world.pops[0], external, 80, cloud),
        await connected(world.internet, wanIp, 443, outside),
      ]
      for (const one of connections) {
        one.say('x')
        expect(await one.line()).toMatch(/^router/)
      }
      await world.start()
      await apply({})
      for (const one of connections) {
        await nothingMore(one)
      }
    },
    limit(60_000),
  )

  /** How many packets of the branch somebody on the Internet gets meanwhile, whatever they are. */
  async function left(meanwhile: () => Promise<unknown>): Promise<number> {
    const count = async (): Promise<number> => {
      const rules = await world.internet.run(['nft', 'list', 'table', 'ip', 'seen'])
      return [...rules.matchAll(/packets (\d+)/g)].reduce((sum, [, packets]) => sum + Number(packets), 0)
    }
    await world.internet.nft(
      `table ip seen
delete table ip seen
table ip seen {
  chain of-branch {
    type filter hook prerouting priority raw
    ip saddr { 172.16.0.0/12, 10.0.0.0/8 } counter
    ip daddr { 172.16.0.0/12, 10.0.0.0/8 } counter
  }
}
`,
    )
    await meanwhile()
    return count()
  }
})
