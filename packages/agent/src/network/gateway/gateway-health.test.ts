import { systemTimers, type ToolRequest, type ToolResult, type WireHealthCheck } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answering } from '../../../../../test/support/talk.ts'
import { limit, until } from '../../../../../test/support/time.ts'
import { measurePoints } from '../../measuring/quality.ts'
import { createHealthChecks, type HealthChecks } from '../../probes/health-checks.ts'
import {
  cloud,
  configOf,
  network,
  openWorld,
  outside,
  reaches,
  type TestWorld,
  wanIp,
  whatNetworksNeed,
} from './testing/world.suite.ts'

const lack = await whatNetworksNeed()

const own = '172.16.1.1'
const check: WireHealthCheck = {
  ...{ id: 'hc-cloud', generation: 1, from: own, to: cloud, intervalMs: 1_000, count: 1, timeoutMs: limit(500) },
  ...{ failures: 2, slowAnswers: 3 },
}

describe.skipIf(lack !== undefined)(`health checks of a gateway${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld
  let checks: HealthChecks
  const problems: unknown[] = []

  beforeAll(async () => {
    world = await openWorld()
    await world.start()
    await world.apply(configOf())
    await world.network().forwarding.open(undefined)
    checks = createHealthChecks({
      prober: world.network().prober,
      timers: systemTimers,
      wallClock: Date.now,
      problem: (error) => void problems.push(error),
    })
    for (const pop of world.pops) {
      await pop.nft(`table ip seen {
  chain echo { type filter hook prerouting priority raw; ip saddr ${own} icmp type echo-request counter; }
}\n`)
    }
    await world.internet.nft(`table ip seen {
  chain echo { type filter hook prerouting priority raw; icmp type echo-request counter; }
}\n`)
  }, limit(60_000))

  afterAll(async () => {
    checks?.close()
    await world?.network().close()
    await world?.close()
  }, limit(60_000))

  const status = (id = check.id) => checks.report().find((one) => one.id === id)?.status

  async function seenAt(system: TestWorld['internet']): Promise<number> {
    const [, packets] = /packets (\d+) /.exec(await system.run(['nft', 'list', 'table', 'ip', 'seen'])) ?? []
    return Number(packets)
  }

  test(
    'tools run in its network: a ping goes as one of the branch through the tunnels, or by its line to the Internet',
    async () => {
      const tools = world.network().tools(() => [])
      const results = async (request: ToolRequest) => (await tools.run(request)).result
      const ping = { tool: 'ping', target: cloud, count: 2 } as const
      const answered = { times: [expect.any(Number), expect.any(Number)] }
      await until('the cloud answers', async () => {
        const result = await results({ ...ping, from: 'lan' })
        return result.tool === 'ping' && result.times.every((time) => time !== null) && result
      })
      expect(await results({ ...ping, from: 'wan' })).toMatchObject({ times: [null, null] })
      expect(await results({ ...ping, target: outside, from: 'wan' })).toMatchObject(answered)
      expect(await results({ tool: 'traceroute', target: cloud, from: 'lan' })).toMatchObject({
        ...{ isReached: true, hops: [{ hop: 1, address: cloud, ms: expect.any(Number) }] },
      })
      const routes = await results({ tool: 'routes' })
      expect(routes).toMatchObject({
        routes: expect.arrayContaining([
          expect.objectContaining({ table: 'branch', to: '172.16.1.0/24' }),
          expect.objectContaining({ table: 'branch', port: 'ccn0', source: 'bird' }),
        ]),
      })
      const { counters } = (await results({ tool: 'counters' })) as Extract<ToolResult, { tool: 'counters' }>
      expect(counters.find(({ port }) => port === 'ccn0')?.sent.packets).toBeGreaterThan(0)
      expect(await world.lease()).toMatch(/^172\.16\.1\./)
      expect(await results({ tool: 'leases' })).toMatchObject({
        leases: [{ address: expect.stringMatching(/^172/), mac: expect.any(String) }],
      })
    },
    limit(60_000),
  )

  test(
    'echo requests go from the address of the gateway through its tunnels; the check turns when the target goes away, and again when it is back',
    async () => {
      checks.set([check])
      await until('the cloud answers', () => status() === 'success')
      expect((await Promise.all(world.pops.map(seenAt))).some((packets) => packets > 0)).toBe(true)
      for (const pop of world.pops) await pop.ip([`address del ${cloud}/32 dev lo`])
      await until('it has gone', () => status() === 'failed')
      for (const pop of world.pops) await pop.ip([`address add ${cloud}/32 dev lo`])
      await until('it is back', () => status() === 'success')
    },
    limit(60_000),
  )

  test(
    'a service address is a source too: the network knows the way back to it, and the Internet does not reach it',
    async () => {
      const service = '10.88.0.1'
      await world.apply(configOf({ probeAddresses: [service] }))
      checks.set([{ ...check, id: 'hc-service', from: service }])
      await until('the cloud answers', () => status('hc-service') === 'success')
      await world.internet.ip([`route add ${service}/32 via ${wanIp}`])
      expect(await reaches(world.internet, service)).toBe(false)
      await world.apply(configOf())
      await until('it has no such address any more', () => status('hc-service') === 'unknown')
    },
    limit(60_000),
  )

  test(
    'tasks inside the network are probed from an address of the branch, those of the Internet from the WAN; what is on the other side of either is lost',
    async () => {
      const talkers = [
        await answering(world.pops[0], 'cloud', [8080], cloud),
        await answering(world.pops[1], 'cloud', [8080], cloud),
        await answering(world.internet, 'internet', [8080], outside),
      ]
      const { prober } = world.network()
      const probe = (protocol: 'icmp' | 'tcp', from: string | undefined, to: string) =>
        prober.probe({ protocol, from, to, port: 8080, timeoutMs: limit(2_000) })
      for (const protocol of ['icmp', 'tcp'] as const) {
        expect(await probe(protocol, own, cloud)).toMatchObject({ is: 'answered' })
        expect(await probe(protocol, undefined, outside)).toMatchObject({ is: 'answered' })
        expect(await probe(protocol, own, outside)).toEqual({ is: 'lost' })
        expect(await probe(protocol, '172.16.1.77', cloud)).toEqual({ is: 'unsent' })
        expect(await probe(protocol, undefined, '127.0.0.1')).toEqual({ is: 'unresolved' })
      }
      await Promise.all(talkers.map((one) => one.end()))
    },
    limit(60_000),
  )

  test('the way to a point of presence is measured by what really comes back: half of it where half is lost', async () => {
    const points = network.pops.map(({ endpoint }) => endpoint)
    await world.internet.ip(points.map((point) => `address add ${point}/24 dev eth0`))
    await world.internet.nft(`table ip lossy {
  chain echo { type filter hook input priority 0; ip daddr ${points[1]} icmp type echo-request numgen inc mod 2 0 drop; }
}\n`)
    const options = { prober: world.network().prober, timers: systemTimers, wallClock: Date.now }
    const measured = await measurePoints(points, options)
    expect(measured.map(({ address, sent }) => [address, sent])).toEqual(points.map((point) => [point, 10]))
    const [whole, half] = measured
    expect(whole?.answered).toBeGreaterThan(half?.answered ?? 10)
    expect(half?.answered).toBeLessThanOrEqual(5)
    expect(whole?.ms).toBeGreaterThan(0)
  })

  test('a diagnosis finds the next router, and how large packets may be on the way to a point of presence', async () => {
    const { survey } = world.network()
    const [wide, narrow] = network.pops.map(({ endpoint }) => endpoint) as [string, string]
    await world.internet.nft(`table ip narrow {
  chain echo { type filter hook input priority 0; ip daddr ${narrow} ip length > 1400 drop; }
}\n`)
    expect(await survey.nextHop()).toEqual({ address: '192.0.2.1', ms: expect.any(Number) })
    expect(await survey.pathMtu(wide)).toEqual({ got: 1500, most: 1500 })
    const found = await survey.pathMtu(narrow)
    expect([found.got > 1390, found.got <= 1400]).toEqual([true, true])
    expect(await survey.pathMtu('192.0.2.77')).toEqual({ got: 0, most: 1500 })
  })

  test(
    'a private address that no route of the branch leads to fails, and nothing leaves by the WAN; from an address the gateway does not have nothing is sent',
    async () => {
      await world.gateway.ip(['route add 10.77.0.0/24 via 192.0.2.1'])
      const before = await seenAt(world.internet)
      const nowhere = { ...check, id: 'hc-nowhere', to: '10.77.0.1' }
      const notOurs = { ...check, id: 'hc-not-ours', from: '172.16.1.77' }
      checks.set([nowhere, notOurs])
      await until('it fails', () => status('hc-nowhere') === 'failed')
      expect(await seenAt(world.internet)).toBe(before)
      expect([status('hc-not-ours'), problems]).toEqual(['unknown', []])
    },
    limit(60_000),
  )
})
