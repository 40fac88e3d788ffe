import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answering, asked, connected, impatience, type Talker } from '../../../../../test/support/talk.ts'
import { limit } from '../../../../../test/support/time.ts'
import type { BoxFacts } from '../../box/box-state.ts'
import { branchTable } from '../marks.ts'
import { configOf, openWorld, outside, type TestWorld, wanIp, whatNetworksNeed } from './testing/world.suite.ts'

const lack = await whatNetworksNeed()

/** On the LAN: a host, and one behind its router. */
const host = '172.16.1.250'
const behind = '10.50.0.1'
const port = 'lan'

describe.skipIf(lack !== undefined)(`the machine of a gateway as a box${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld
  let running: readonly Talker[] = []

  beforeAll(async () => {
    world = await openWorld()
    // What a strict machine has.
    await world.gateway.sysctl('net/ipv4/conf/wan/rp_filter', '1')
    await world.start()
    await world.internet.ip(['address add 10.200.0.9/32 dev lo'])
    running = [await answering(world.internet, 'internet', [443])]
  }, limit(60_000))

  afterAll(async () => {
    await Promise.all(running.map((one) => one.end()))
    await world?.close()
  }, limit(60_000))

  async function apply(more: Parameters<typeof configOf>[0]): Promise<BoxFacts | undefined> {
    const config = configOf(more)
    await world.apply(config)
    await world.network().forwarding.open(undefined)
    return world.network().box.read(config)
  }

  const fromBranch = (source: string, to = outside, ms?: number) =>
    asked(world.router, { protocol: 'tcp', to, port: 443, source }, ms)

  test(
    'with SNAT of the WAN the branch reaches the Internet as the gateway, and no private network by it; without it nothing leaves',
    async () => {
      expect((await apply({ box: { snat: false } }))?.snat).toBe(false)
      expect(await fromBranch(host, outside, impatience)).toBeUndefined()

      expect((await apply({ box: { snat: true } }))?.snat).toBe(true)
      expect(await fromBranch(host)).toBe(`internet ${wanIp}`)
      expect(await fromBranch(host, '10.200.0.9', impatience)).toBeUndefined()
      // Of what somebody outside begins nothing comes in.
      await world.internet.ip(['route add 172.16.1.0/24 via 192.0.2.2'])
      const server = await answering(world.router, 'router', [8080])
      expect(
        await asked(world.internet, { protocol: 'tcp', to: host, port: 8080, source: outside }, impatience),
      ).toBeUndefined()
      await server.end()
      await world.internet.ip(['route del 172.16.1.0/24 via 192.0.2.2'])

      const connection = await connected(world.router, outside, 443, host)
      connection.say('x')
      expect(await connection.line()).toBe(`internet ${wanIp}`)
      expect((await apply({}))?.snat).toBe(false)
      connection.say('x')
      expect(await connection.line(impatience)).toBeUndefined()
      await connection.end()
    },
    limit(60_000),
  )

  test(
    'also hosts behind a router of the branch reach the Internet',
    async () => {
      await apply({ box: { snat: true } })
      // As it is learnt of the router.
      await world.gateway.ip([`route add 10.50.0.0/24 via ${host} dev lan table ${branchTable}`])
      expect(await fromBranch(behind)).toBe(`internet ${wanIp}`)
      await world.gateway.ip([`route del 10.50.0.0/24 via ${host} dev lan table ${branchTable}`])
      await apply({})
    },
    limit(60_000),
  )

  test(
    'a port to the branch has the address it is set to, and gives terminals those it is set to; the box says what is so',
    async () => {
      const auto = await apply({})
      expect(auto?.lan).toEqual([
        { port, type: 'DHCP', ip: '172.16.1.1', length: 24, start: '172.16.1.2', end: '172.16.1.254', lease: 2 },
      ])
      const set = { port, type: 'DHCP', ip: '172.16.1.130', length: 25, lease: 60 } as const
      const pool = { start: '172.16.1.200', end: '172.16.1.201' }
      const facts = await apply({ box: { lan: [{ ...set, ...pool }] } })
      expect(facts?.lan).toEqual([{ ...set, ...pool }])
      expect(await world.gateway.addresses('lan')).toEqual(['172.16.1.130'])
      expect(['172.16.1.200', '172.16.1.201']).toContain(await world.lease())
      expect(await world.terminal.run(['ip', '-4', 'route', 'show', 'default'])).toContain('via 172.16.1.130')
      expect(await world.terminal.run(['ip', '-4', 'address', 'show', 'eth0'])).toContain('/25')

      expect((await apply({ box: { lan: [{ ...set, type: 'STATIC' }] } }))?.lan).toEqual([
        { port, type: 'STATIC', ip: '172.16.1.130', length: 25 },
      ])
      expect(await world.lease()).toBeUndefined()
      // Without a range it is the whole subnet.
      expect((await apply({ box: { lan: [set] } }))?.lan).toMatchObject([
        { start: '172.16.1.129', end: '172.16.1.254' },
      ])
      // In no block of the branch, which has none, it is one of its own.
      const alone = { port, type: 'DHCP', ip: '192.168.77.1', length: 24, lease: 60 } as const
      expect((await apply({ cidrs: [], box: { lan: [alone] } }))?.lan).toMatchObject([{ ip: '192.168.77.1' }])
      expect(await world.lease()).toMatch(/^192\.168\.77\./)
      expect((await apply({}))?.lan).toEqual(auto?.lan)
    },
    limit(60_000),
  )

  test(
    'it has the ports that the setup names; without an address or a cable it says so, and that it has changed',
    async () => {
      const facts = await apply({})
      expect(facts).toMatchObject({
        ports: [
          { name: 'wan', isUp: true, role: 'WAN' },
          { name: 'lan', mac: '02:00:00:00:00:02', isUp: true, role: 'LAN' },
        ],
        wan: [{ port: 'wan', type: 'STATIC', ip: wanIp, length: 24, gateway: '192.0.2.1', isActive: true }],
        refused: [],
      })
      const changed = new Promise<void>((resolve) => world.network().box.onChange(resolve))
      await world.gateway.ip(['route del default via 192.0.2.1'])
      await changed
      expect((await world.network().box.read(undefined))?.wan).toEqual([
        { port: 'wan', type: 'STATIC', ip: wanIp, length: 24, isActive: false },
      ])
      await world.gateway.ip(['route add default via 192.0.2.1'])
    },
    limit(60_000),
  )
})
