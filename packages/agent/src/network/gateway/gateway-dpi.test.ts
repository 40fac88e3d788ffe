import { join } from 'node:path'
import type { WireConfig } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answering, connected, impatience, type Talker, talker } from '../../../../../test/support/talk.ts'
import { limit, until } from '../../../../../test/support/time.ts'
import { textIfThere } from '../../text-file.ts'
import { mirrorName } from '../applications/mirror.ts'
import { lacksOf } from '../machine.ts'
import { cloud, configOf, openWorld, reaches, type TestWorld, whatNetworksNeed } from './testing/world.suite.ts'

const [missing] = await lacksOf({ programs: ['ndpiReader'], capabilities: [], kernel: [] })
const lack = missing === undefined ? await whatNetworksNeed() : `${missing.what}: ${missing.cure}`

const host = '172.16.1.250'
const records = { region: 'cn-shanghai', project: 'project-1', logstore: 'store-1' }
const web = 8080
const video = 8443
const unknown = 8081

type Row = Readonly<Record<string, unknown>>

describe.skipIf(lack !== undefined)(`applications at a gateway${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld
  let service: Talker

  beforeAll(async () => {
    world = await openWorld()
    await world.start()
    service = await answering(world.pops[0], 'cloud', [web, video, unknown], cloud)
    await apply(undefined)
    await until('reached', () => reaches(world.router, cloud, host))
  }, limit(60_000))

  afterAll(async () => {
    await service?.end()
    await world?.network().close()
    await world?.close()
  }, limit(60_000))

  async function apply(dpi: WireConfig['dpi'], rest: Partial<WireConfig> = {}): Promise<void> {
    await world.apply(configOf({ ...(dpi && { dpi }), ...rest }))
    await world.network().forwarding.open(undefined)
  }

  async function recorded(): Promise<readonly Row[]> {
    const text = await textIfThere(join(world.folder, 'application-records.jsonl'))
    return (text ?? '').split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]))
  }

  /** Says something to a port of the cloud, and waits for its answer. */
  async function say(port: number, text: string): Promise<void> {
    const one = await connected(world.router, cloud, port, host)
    one.say(text)
    expect(await one.line()).toBe(`cloud ${host}`)
    await one.end()
  }

  /** Begins TLS with the name of a host. */
  async function greet(name: string): Promise<void> {
    const one = talker(
      world.router,
      `require('tls').connect({ host: '${cloud}', port: ${video}, localAddress: '${host}', servername: '${name}' }).on('error', () => console.log('refused'))`,
    )
    expect(await one.line()).toBe('refused')
    await one.end()
  }

  async function looks(): Promise<boolean> {
    const [link] = (await world.gateway.ipJson('-details', 'link', 'show', mirrorName)) as [{ promiscuity: number }]
    return link.promiscuity > 0
  }

  async function copied(): Promise<number> {
    const [link] = (await world.gateway.ipJson('-s', 'link', 'show', mirrorName)) as [
      { stats64: { tx: { packets: number } } },
    ]
    return link.stats64.tx.packets
  }

  test(
    'connections of the branch are recorded with what they are for and what carries it; of one that is long only its beginning is looked at',
    async () => {
      await apply({ records })
      await until('the engine looks', looks)
      await say(web, 'GET / HTTP/1.1\r\nHost: example.org\r\n\r')
      await greet('www.youtube.com')
      await say(unknown, 'x')
      const byPort = async (): Promise<readonly Row[] | undefined> => {
        const rows = await recorded()
        const found = [web, video, unknown].map((port) => rows.find(({ dstPort }) => dstPort === port))
        return found.every((row) => row !== undefined) ? found : undefined
      }
      const before = await copied()
      const long = await connected(world.router, cloud, unknown, host)
      for (let piece = 0; piece < 60; piece++) {
        long.say('x'.repeat(100))
        await long.line()
      }
      await long.end()
      expect((await copied()) - before).toBeLessThan(60)

      const [http, tls, other] = (await until('recorded', byPort)) ?? []
      expect(http).toMatchObject({
        ...records,
        ...{ instance: 'sag-x', serial: 'SAG-1', srcAddress: host, dstAddress: cloud, protocol: 6 },
        ...{ applicationId: 7, application: 'HTTP', groupId: 5, group: 'Web' },
      })
      expect(http).not.toHaveProperty('carrier')
      expect(http?.['bytes']).toBeGreaterThan(100)
      expect(tls).toMatchObject({ application: 'YouTube', group: 'Media', carrier: 'TLS' })
      expect(other).toMatchObject({ dstPort: unknown })
      expect(other).not.toHaveProperty('application')
    },
    limit(60_000),
  )

  test(
    'a rule of an access control list ends connections of its application, and a rule of QoS has them in its class; others are as they were',
    async () => {
      const everything = { protocol: 'any', from: '0.0.0.0/0', to: '0.0.0.0/0' } as const
      const ofHttp = { ...everything, applications: { groups: [], signatures: [7] } }
      const drop = { policy: 'drop', direction: 'out', side: 'network', ...ofHttp } as const
      const request = 'GET / HTTP/1.1\r\nHost: example.org\r\n\r'
      await apply({}, { acl: [drop] })
      await until('the engine looks', looks)
      const http = await connected(world.router, cloud, web, host)
      const plain = await connected(world.router, cloud, unknown, host)
      http.say(request)
      plain.say('x')
      expect(await plain.line()).toBe(`cloud ${host}`)
      await until('the connection is stopped', async () => {
        http.say(request)
        while ((await http.line(impatience)) !== undefined);
        return true
      })
      http.say(request)
      expect(await http.line(impatience)).toBeUndefined()
      plain.say('x')
      expect(await plain.line()).toBe(`cloud ${host}`)

      const classes = [{ priority: 1, unit: 'mbit', min: 1, max: 5 }] as const
      await apply({}, { qos: { classes, rules: [{ priority: 1, ...ofHttp }] } })
      // What was known before the table was replaced is known in the new one.
      expect(await http.line()).toBe(`cloud ${host}`)
      await until('its packets are in the class', async () => {
        http.say(request)
        plain.say('x')
        return (await inClass()) > 0
      })
      await apply({ accelerated: { megabits: 2, applications: ofHttp.applications } })
      await until('they are accelerated', async () => {
        http.say(request)
        return (await inClass('30')) > 0
      })
      const [link] = (await world.gateway.run(['tc', 'class', 'show', 'dev', 'ccn0', 'classid', '1:30'])).split('\n')
      expect(link).toContain('prio 0 rate 2Mbit ceil 2Mbit')
      await Promise.all([http.end(), plain.end()])

      await apply({}, { acl: [{ ...drop, applications: { groups: [1], signatures: [] } }] })
      await say(web, request)
    },
    limit(60_000),
  )

  async function inClass(handle = '31'): Promise<number> {
    const all = await Promise.all(
      ['ccn0', 'ccn1'].map((link) => world.gateway.run(['tc', '-s', 'class', 'show', 'dev', link])),
    )
    const counts = all.map((text) => Number(new RegExp(`class htb 1:${handle} [^]*? (\\d+) pkt`).exec(text)?.[1] ?? 0))
    return counts.reduce((sum, one) => sum + one, 0)
  }
})
