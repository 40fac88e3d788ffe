import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { WireConfig } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addressOf, answeringNames, once } from '../../../../../test/support/names.ts'
import { impatience, type Talker } from '../../../../../test/support/talk.ts'
import { limit, until } from '../../../../../test/support/time.ts'
import type { BoxFacts } from '../../box/box-state.ts'
import type { System } from '../system.ts'
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

/** Of the gateway, where the branch asks it. */
const gateway = '172.16.1.1'
/** On the Internet beside {@link outside}: what the line names, and somebody with a private address. */
const [nextHop, stranger] = ['192.0.2.1', '10.99.0.9']
/** Who answers is seen by what is answered. */
const answers = { outside: '10.0.0.1', nextHop: '10.0.0.2', cloud: '10.0.0.3', stranger: '10.0.0.4' }

describe.skipIf(lack !== undefined)(`names that a branch asks its gateway for${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld
  let servers: Readonly<Record<keyof typeof answers | 'cloudToo', Talker>>

  beforeAll(async () => {
    world = await openWorld()
    await writeFile(join(world.folder, 'resolv.conf'), `search branch\nnameserver fe80::1%wan\nnameserver ${nextHop}\n`)
    await world.start()
    await world.internet.ip([`address add ${stranger}/32 dev lo`, 'route add 172.16.1.0/24 via 192.0.2.2'])
    servers = {
      outside: await answeringNames(world.internet, outside, answers.outside),
      nextHop: await answeringNames(world.internet, nextHop, answers.nextHop),
      stranger: await answeringNames(world.internet, stranger, answers.stranger),
      cloud: await answeringNames(world.pops[0], cloud, answers.cloud),
      cloudToo: await answeringNames(world.pops[1], cloud, answers.cloud),
    }
  }, limit(60_000))

  afterAll(async () => {
    await Promise.all(Object.values(servers ?? {}).map((one) => one.end()))
    await world?.close()
  }, limit(60_000))

  async function apply(box: WireConfig['box']): Promise<BoxFacts | undefined> {
    const config = configOf(box === undefined ? {} : { box })
    await world.apply(config)
    await world.network().forwarding.open(undefined)
    return world.network().box.read(config)
  }

  /** By TCP, at the port for names. */
  async function connects(host: System, to: string, withinMs: number): Promise<boolean> {
    try {
      await host.run(['timeout', `${withinMs / 1000}`, 'bash', '-c', `: < /dev/tcp/${to}/53`])
      return true
    } catch {
      return false
    }
  }

  const asked = (name: string, how?: typeof once): Promise<string> => addressOf(world.router, gateway, name, how)

  test(
    'terminals are told to ask the gateway, which asks the servers that are set; nobody else can ask it, nor anybody while nothing is set',
    async () => {
      expect(await apply(undefined)).toMatchObject({ dns: { current: [nextHop] }, refused: [] })
      await world.lease()
      expect(await world.askedForNames()).toBe('')
      expect(await asked('unset.example', once)).toBe('ECONNREFUSED')

      const set = { master: outside, slave: nextHop }
      expect(await apply({ dns: set })).toMatchObject({ dns: { set, current: [outside, nextHop] }, refused: [] })
      await world.lease()
      expect(await world.askedForNames()).toBe(gateway)
      expect(await addressOf(world.terminal, gateway, 'set.example')).toBe(answers.outside)
      expect(await servers.outside.line()).toBe(`set.example ${wanIp}`)

      expect(await connects(world.router, gateway, limit(10_000))).toBe(true)
      for (const at of [gateway, wanIp]) {
        expect(await connects(world.internet, at, impatience)).toBe(false)
        expect(await addressOf(world.internet, at, 'stranger.example', once)).not.toContain('10.')
      }
      expect(await addressOf(world.pops[0], gateway, 'cloud.example', once)).not.toContain('10.')
    },
    limit(60_000),
  )

  test(
    'when the master does not answer, the slave does',
    async () => {
      await apply({ dns: { master: outside, slave: nextHop } })
      servers.outside.say('silent')
      await servers.outside.line()
      expect(await asked('silence.example')).toBe(answers.nextHop)
      expect(await servers.outside.line()).toContain('silence.example')
      servers.outside.say('speak')
      await until('it speaks again', async () => (await servers.outside.line()) === 'told')
      expect(await asked('speech.example')).toBe(answers.outside)
    },
    limit(60_000),
  )

  test(
    'names of a domain are asked of the server of its forward, inside the network from the address of the gateway there; the others are not',
    async () => {
      await apply({
        dns: { master: outside },
        forwards: [
          { domain: 'corp.example', master: cloud },
          { domain: 'wan.corp.example', master: stranger, way: 'wan' },
          { domain: 'mobile.example', master: outside, way: 'modem' },
        ],
      })
      await until('the network is there', () => reaches(world.gateway, cloud, gateway))
      for (const name of ['corp.example', 'www.corp.example']) expect(await asked(name)).toBe(answers.cloud)
      expect(await asked('www.wan.corp.example')).toBe(answers.stranger)
      for (const name of ['notcorp.example', 'example']) expect(await asked(name)).toBe(answers.outside)
      expect(await asked('www.mobile.example')).toBe('ENOTFOUND')
      expect((await apply({ forwards: [{ domain: '*', master: cloud }] }))?.dns?.current).toEqual([cloud])
      expect(await asked('any.example')).toBe(answers.cloud)
    },
    limit(60_000),
  )

  test(
    'what is for a server inside the network does not leave in the clear, also where the branch has the Internet',
    async () => {
      await apply({
        snat: true,
        forwards: [{ domain: 'lost.example', master: stranger, slave: outside, way: 'tunnel' }],
      })
      expect(await asked('www.lost.example', once)).not.toContain('10.')
      expect(await asked('www.found.example')).toBe(answers.nextHop)
    },
    limit(60_000),
  )

  test(
    'with no server set those of its line are asked, whatever they become',
    async () => {
      expect((await apply({ dns: {} }))?.dns).toEqual({ set: {}, current: [nextHop] })
      expect(await asked('learnt.example')).toBe(answers.nextHop)
      await writeFile(join(world.folder, 'resolv.conf'), `nameserver ${outside}\n`)
      const current = async () => (await world.network().box.read(configOf({ box: { dns: {} } })))?.dns?.current
      await until('the other one is asked', async () => (await current())?.[0] === outside)
      expect(await asked('relearnt.example')).toBe(answers.outside)
    },
    limit(60_000),
  )

  test(
    'a branch that is locked is not answered; one without an address of the gateway has nobody to ask, and the box says so',
    async () => {
      await apply({ dns: { master: outside } })
      await world.network().forwarding.shut()
      expect(await asked('locked.example', once)).not.toContain('10.')
      await world.network().forwarding.open(undefined)
      expect(await asked('open.example')).toBe(answers.outside)
      const config = configOf({ cidrs: [], box: { dns: { master: outside } } })
      await world.apply(config)
      expect((await world.network().box.read(config))?.refused).toMatchObject([{ section: 'dns' }])
    },
    limit(60_000),
  )
})
