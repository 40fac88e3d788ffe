import { join } from 'node:path'
import type { WireConfig } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collecting, type Seen, understood } from '../../../../../test/support/netflow-collector.ts'
import { answering, asked, connected, impatience, type Talker } from '../../../../../test/support/talk.ts'
import { limit, until } from '../../../../../test/support/time.ts'
import { textIfThere } from '../../text-file.ts'
import { branchTable } from '../marks.ts'
import { cloud, configOf, openWorld, outside, type TestWorld, wanIp, whatNetworksNeed } from './testing/world.suite.ts'

const lack = await whatNetworksNeed()

const host = '172.16.1.250'
const service = 8080
const collectorPort = 9995

type Log = NonNullable<WireConfig['flowLog']>

describe.skipIf(lack !== undefined)(`flow logs of a gateway${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld
  let talkers: readonly Talker[] = []
  let inCloud: Talker
  let onInternet: Talker

  beforeAll(async () => {
    world = await openWorld()
    await world.start()
    inCloud = await collecting(world.pops[0], collectorPort)
    onInternet = await collecting(world.internet, collectorPort)
    talkers = [inCloud, onInternet, await answering(world.pops[0], 'cloud', [service], cloud)]
    // One way to the cloud: the other point of presence has no such program.
    await world.pops[1].ip(['link set vx down'])
    await record(undefined)
    await until('one way to the cloud', async () => {
      const routes = await world.gateway.run(['ip', 'route', 'show', 'table', String(branchTable)])
      return routes.includes('10.10.0.0/24') && !routes.includes('nexthop')
    })
    await until('the cloud answers', async () => (await question('udp', impatience)) !== undefined)
  }, limit(60_000))

  afterAll(async () => {
    await Promise.all(talkers.map((one) => one.end()))
    await world?.network().close()
    await world?.close()
  }, limit(60_000))

  /** Idle for a second a connection is recorded. */
  async function record(more: Partial<Log> | undefined, rest: Partial<WireConfig> = {}): Promise<void> {
    const flowLog = more && { activeAging: 60, inactiveAging: 1, ...more }
    await world.apply(configOf({ ...rest, ...(flowLog && { flowLog }) }))
    await world.network().forwarding.open(undefined)
  }

  const collector = (ip: string, version: 'V5' | 'V9' | 'V10' = 'V9') => ({
    netflow: { ip, port: collectorPort, version },
  })

  function question(protocol: 'tcp' | 'udp', withinMs?: number): Promise<string | undefined> {
    return asked(world.router, { protocol, to: cloud, port: service, source: host }, withinMs)
  }

  /** The first records that a collector gets of connections to the service, and where they come from. */
  async function seenBy(
    one: Talker,
    withinMs?: number,
  ): Promise<{ sender: string; ways: readonly Seen[] } | undefined> {
    for (;;) {
      const line = await one.line(withinMs)
      if (line === undefined) return undefined
      const [sender = '', bytes = ''] = line.split(' ')
      const ways = understood(Buffer.from(bytes, 'hex'))
      const ofService = ways.filter(({ from, to }) => [from, to].includes(`${cloud}:${service}`))
      if (ofService.length > 0) return { sender, ways: ofService }
    }
  }

  /** What is in the file; nothing while there is none. */
  async function recorded(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const text = await textIfThere(join(world.folder, 'flow-records.jsonl'))
    return text === undefined
      ? []
      : text
          .trim()
          .split('\n')
          .map((one) => JSON.parse(one))
  }

  test(
    'a connection of the branch is at the collector as NetFlow v9, both ways, with its own address where the network sees another; inside of the tunnels; nothing once the log is inactive',
    async () => {
      await record(collector(cloud), { snat: [{ cidr: '172.16.1.0/24', ip: '10.99.0.1' }] })
      const answer = await question('udp')
      expect(answer).toBe('cloud 10.99.0.1')
      const { sender, ways } = (await seenBy(inCloud)) ?? { sender: undefined, ways: [] }
      // As the branch itself is seen.
      expect(sender).toBe('10.99.0.1')
      const [there, back, ...others] = ways
      expect(others).toEqual([])
      // An IPv4 header and one of UDP, and what was said.
      expect(there).toMatchObject({ version: 9, to: `${cloud}:${service}`, protocol: 17, packets: 1, bytes: 29 })
      expect(there?.from).toMatch(`${host}:`)
      expect(back).toMatchObject({
        from: there?.to,
        to: there?.from,
        packets: 1,
        bytes: 28 + 'cloud 10.99.0.1\n'.length,
      })

      await record(undefined)
      expect(await question('udp')).toBe(`cloud ${host}`)
      expect(await seenBy(inCloud, 2_500)).toBeUndefined()
    },
    limit(60_000),
  )

  test(
    'a connection that lasts is recorded again and again, each byte once',
    async () => {
      await record({ ...collector(cloud), activeAging: 2, inactiveAging: 1 })
      const talk = await connected(world.router, cloud, service, host)
      let packets = 0
      for (let round = 0; round < 2; round++) {
        talk.say('x')
        expect(await talk.line()).toBe(`cloud ${host}`)
        const { ways } = (await seenBy(inCloud)) ?? { ways: [] }
        expect(ways.map(({ protocol }) => protocol)).toEqual([6, 6])
        packets += ways[0]?.packets ?? 0
      }
      await talk.end()
      const counted = /packets=(\d+)/.exec(
        await world.gateway.run(['conntrack', '-L', '-p', 'tcp', '--orig-port-dst', String(service)]),
      )
      // But for those that ended it.
      expect(Number(counted?.[1]) - packets).toBeLessThanOrEqual(3)
      expect(packets).toBeLessThanOrEqual(Number(counted?.[1]))
    },
    limit(60_000),
  )

  test.each(['V5', 'V10'] as const)(
    'a public collector gets %s from the WAN',
    async (version) => {
      await record(collector(outside, version))
      expect(await question('udp')).toBe(`cloud ${host}`)
      const { sender, ways } = (await seenBy(onInternet)) ?? { sender: undefined, ways: [] }
      expect(sender).toBe(wanIp)
      expect(ways[0]).toMatchObject({
        version: Number(version.slice(1)),
        to: `${cloud}:${service}`,
        packets: 1,
        bytes: 29,
      })
      expect(ways[1]).toMatchObject({ from: `${cloud}:${service}`, packets: 1 })
      expect(ways[0]?.took).toBeLessThan(60_000)
    },
    limit(60_000),
  )

  test(
    'records to a private address that no route of the branch leads to do not leave by the WAN; they are in the file all the same',
    async () => {
      const privateCollector = '10.77.0.1'
      // Late records of the test before are for another collector.
      const sent = `ip daddr ${privateCollector} udp dport ${collectorPort} counter`
      await world.internet.nft(
        `table ip seen { chain records { type filter hook prerouting priority raw; ${sent}; }; }\n`,
      )
      const records = { region: 'cn-shanghai', project: 'p', logstore: 'l' }
      await record({ ...collector(privateCollector), records })
      expect(await question('udp')).toBe(`cloud ${host}`)
      const ofService = async () => (await recorded()).find(({ dstPort }) => dstPort === service)
      const found = await until('recorded', ofService)
      expect(await world.internet.run(['nft', 'list', 'table', 'ip', 'seen'])).toContain('packets 0 ')
      expect(found).toMatchObject({
        ...records,
        ...{ instance: 'sag-x', serial: 'SAG-1', protocol: 17, srcAddress: host, dstAddress: cloud },
        ...{ packets: 1, bytes: 29, answerPackets: 1 },
      })
    },
    limit(60_000),
  )
})
