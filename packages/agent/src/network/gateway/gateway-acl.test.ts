import type { AclConfig } from '@opensag/protocol'
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

/** On the LAN. */
const host = '172.16.1.250'

const all = { from: '0.0.0.0/0', to: '0.0.0.0/0' } as const
const toPort = (port: number) => ({ ...all, protocol: 'tcp', toPorts: { from: port, to: port } }) as const
const everything = { ...all, protocol: 'any' } as const
const inside = { side: 'network' } as const

describe.skipIf(lack !== undefined)(`access control lists at a gateway${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld
  let running: readonly Talker[] = []

  beforeAll(async () => {
    world = await openWorld()
    await world.start()
    running = [
      await answering(world.router, 'branch', [8080, 8081]),
      await answering(world.pops[0], 'cloud', [80, 81], cloud),
      await answering(world.gateway, 'gateway', [500, 4500]),
      await answering(world.internet, 'internet', [443, 444]),
    ]
    await apply(undefined)
    await until('reached', () => reaches(world.router, cloud, host))
  }, limit(60_000))

  afterAll(async () => {
    await Promise.all(running.map((one) => one.end()))
    await world?.close()
  }, limit(60_000))

  const published = [8080, 8081].map(
    (port) => ({ protocol: 'tcp', ports: { from: port, to: port }, to: host }) as const,
  )

  async function apply(acl: AclConfig | undefined): Promise<void> {
    await world.apply(configOf({ ...(acl && { acl }), dnat: published }))
    await world.network().forwarding.open(undefined)
  }

  const out = (port: number, ms = impatience) => asked(world.router, { to: cloud, port, source: host }, ms)
  const inward = (port: number, ms = impatience) => asked(world.pops[0], { to: host, port, source: cloud }, ms)
  const fromInternet = (port: number, ms = impatience) =>
    asked(world.internet, { to: wanIp, port, source: outside }, ms)

  test(
    'of what the branch begins on the Internet, which SNAT of the WAN lets it, a rule of that side drops one port',
    async () => {
      const breakOut = (acl: AclConfig) => world.apply(configOf({ acl, box: { snat: true } }))
      const toInternet = (port: number, ms?: number) =>
        asked(world.router, { protocol: 'tcp', to: outside, port, source: host }, ms)
      const drop = { policy: 'drop', direction: 'out', side: 'internet' } as const
      await breakOut([{ ...drop, ...toPort(443) }])
      expect(await toInternet(443, impatience)).toBeUndefined()
      expect(await toInternet(444)).toBe(`internet ${wanIp}`)
      // Neither a rule of the other side nor one of the other direction is about it.
      await breakOut([
        { ...drop, ...toPort(443), side: 'network' },
        { ...drop, ...toPort(443), direction: 'in' },
      ])
      expect(await toInternet(443)).toBe(`internet ${wanIp}`)
    },
    limit(60_000),
  )

  test(
    'of what the branch begins a rule drops one port, the first that matches counts, and a later rule ends what runs',
    async () => {
      await apply(undefined)
      const connection = await connected(world.router, cloud, 80, host)
      connection.say('x')
      expect(await connection.line()).toBe(`cloud ${host}`)

      const accept = { policy: 'accept', direction: 'out', ...inside } as const
      const drop = { ...accept, policy: 'drop' } as const
      await apply([{ ...drop, ...toPort(80) }])
      connection.say('x')
      expect(await connection.line(impatience)).toBeUndefined()
      await connection.end()
      expect([await out(80), await out(81, limit(20_000))]).toEqual([undefined, `cloud ${host}`])
      // What begins on the other side is another direction.
      expect(await inward(8080, limit(20_000))).toBe(`branch ${cloud}`)

      await apply([
        { ...accept, ...toPort(80), from: '172.16.1.0/24' },
        { ...drop, ...everything },
      ])
      expect([await out(80, limit(20_000)), await out(81)]).toEqual([`cloud ${host}`, undefined])
      await apply([
        { ...accept, ...toPort(80), from: '172.16.2.0/24' },
        { ...drop, ...everything },
      ])
      expect(await out(80)).toBeUndefined()
      await apply(undefined)
      expect(await out(80, limit(20_000))).toBe(`cloud ${host}`)
    },
    limit(60_000),
  )

  test(
    'of what begins in the network one port passes, and so do the answers to what the branch begins',
    async () => {
      const toBranch = { direction: 'in', ...inside } as const
      await apply([
        { policy: 'accept', ...toBranch, ...toPort(8080) },
        { policy: 'drop', ...toBranch, ...everything },
      ])
      expect([await inward(8080, limit(20_000)), await inward(8081)]).toEqual([`branch ${cloud}`, undefined])
      expect(await reaches(world.pops[0], host, cloud)).toBe(false)
      expect(await out(80, limit(20_000))).toBe(`cloud ${host}`)
      expect(await reaches(world.router, cloud, host)).toBe(true)
      // It says nothing of the Internet.
      expect(await fromInternet(8081, limit(20_000))).toBe(`branch ${outside}`)
    },
    limit(60_000),
  )

  test(
    'of what comes from the Internet by DNAT a rule sees the host of the branch',
    async () => {
      const drop = { policy: 'drop', direction: 'in', side: 'internet', ...toPort(8080), to: `${host}/32` } as const
      await apply([drop])
      expect([await fromInternet(8080), await fromInternet(8081, limit(20_000))]).toEqual([
        undefined,
        `branch ${outside}`,
      ])
      expect(await inward(8080, limit(20_000))).toBe(`branch ${cloud}`)
      // To its own address it never goes.
      await apply([{ ...drop, to: `${wanIp}/32` }])
      expect(await fromInternet(8080, limit(20_000))).toBe(`branch ${outside}`)
    },
    limit(60_000),
  )

  test(
    'a list that drops everything leaves the gateway what it lives of: IKE, DHCP, BGP, its own connections',
    async () => {
      const own = await connected(world.gateway, outside, 443, wanIp)
      own.say('x')
      expect(await own.line()).toBe(`internet ${wanIp}`)
      await apply(
        (['in', 'out'] as const).flatMap((direction) =>
          (['network', 'internet'] as const).map((side) => ({
            ...({ policy: 'drop', direction, side, ...everything } as const),
          })),
        ),
      )
      expect([await out(80), await inward(8080), await fromInternet(8080)]).toEqual([undefined, undefined, undefined])
      own.say('x')
      expect(await own.line()).toBe(`internet ${wanIp}`)
      await own.end()
      for (const port of [500, 4500]) {
        const ike = { protocol: 'udp', to: wanIp, port, source: outside } as const
        expect(await asked(world.internet, ike)).toBe(`gateway ${outside}`)
      }
      expect(await world.lease()).toMatch(/^172\.16\.1\./)
      expect(await reaches(world.terminal, '172.16.1.1')).toBe(true)
      expect(await world.learnt(0)).toContain('172.16.1.0/24')
      expect(await world.gateway.run(['ip', 'route', 'show', 'table', 'all', 'proto', 'bird'])).toContain(
        '10.10.0.0/24',
      )
    },
    limit(60_000),
  )
})
