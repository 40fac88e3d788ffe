import type { BoxConfig } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limit, until } from '../../../../../test/support/time.ts'
import { cloud, configOf, openWorld, reaches, type TestWorld, whatNetworksNeed } from './testing/world.suite.ts'

const lack = await whatNetworksNeed()

/** A host behind the router of the branch. */
const behind = '10.50.0.1'
const key = 'A-key "of" more than 16 characters'

/** The router in the area of the gateway, which it knows by a key; a short one of OSPF is followed by zeros, a long one cut off. */
const nssa = (md5Key: string): string => `protocol ospf v2 { ipv4 { export none; }; area 86 { nssa;
  interface "eth0" { type ptp; hello 1; dead 4; authentication cryptographic;
    password ${Buffer.from(md5Key).toString('hex')} { id 7; algorithm keyed md5; }; };
  interface "lo" { stub; }; }; }
`
const neighbor = `protocol static { ipv4; route 10.50.0.0/24 via "lo"; }
protocol bgp { local as 65010; neighbor 172.16.1.1 as 4294967295; connect delay time 1; connect retry time 1; hold time 9;
  ipv4 { import all; export where source = RTS_STATIC; next hop self; }; }
`

describe.skipIf(lack !== undefined)(`a gateway and the routers of its branch${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld

  beforeAll(async () => {
    world = await openWorld()
    await world.start()
  }, limit(60_000))

  afterAll(() => world?.close(), limit(60_000))

  const settings = { routerId: '10.0.0.1', area: 86, hello: 1, dead: 4, md5KeyId: 7 } as const

  async function apply(box: BoxConfig, more: Parameters<typeof configOf>[0] = {}) {
    const config = configOf({ routingStrategy: 'dynamic', box, ...more })
    await world.apply(config)
    await world.network().forwarding.open(undefined)
    return async () => {
      const { routing, refused } = await world.network().box.read(config)
      return { lan: routing?.ports.find(({ port }) => port === 'lan'), routing, refused }
    }
  }
  const fromCloud = (): Promise<boolean> => reaches(world.pops[0], behind, cloud)

  test(
    'OSPF with a key: what is behind a router of the branch is reached from the cloud; after STATIC it is not',
    async () => {
      await world.routerSpeaks(nssa(key))
      const md5Key = world.sealed(key, { section: 'ospf', name: 'md5Key' })
      const ospf = { ...settings, authentication: 'MD5', md5Key } as const
      const on = { globalProtocol: 'OSPF', portProtocols: [{ port: 'lan', vlan: 0, protocol: 'OSPF' }] } as const
      const read = await apply({ ...on, ospf })
      await until('reached', fromCloud)
      expect(await read()).toMatchObject({
        lan: { protocol: 'OSPF', isUp: true, neighbor: '172.16.1.250' },
        routing: { protocol: 'OSPF', ospf: { ...settings, authentication: 'MD5', hasMd5Key: true } },
        refused: [],
      })
      expect(JSON.stringify(await read())).not.toMatch(/ciphertext|A-key/)
      // What the cloud has is told to the router.
      await until('told', async () => (await world.router.run(['ip', 'route'])).includes('10.10.0.0/24'))

      const off = await apply({ ...on, globalProtocol: 'STATIC', ospf })
      await until('not reached', async () => !(await fromCloud()))
      expect((await off()).lan).toEqual({ port: 'lan', vlan: 0, protocol: 'STATIC', isUp: false })
    },
    limit(60_000),
  )

  test(
    'a key that was sealed to another key of the gateway: nothing is spoken without it, and the box says so',
    async () => {
      const other = world.sealed(key, { section: 'ospf', name: 'password' })
      const portProtocols = [{ port: 'lan', vlan: 0, protocol: 'OSPF' }] as const
      const ospf = { ...settings, authentication: 'MD5', md5Key: other } as const
      const read = await apply({ globalProtocol: 'OSPF', portProtocols, ospf })
      expect(await read()).toMatchObject({
        lan: { protocol: 'STATIC' },
        routing: { ospf: { hasMd5Key: false } },
        refused: [{ section: 'ospf' }],
      })
      expect(await world.network().show('protocols')).not.toContain('OSPF')
    },
    limit(60_000),
  )

  test(
    'BGP: the same; with static routing the cloud is not told; at the port to the Internet nothing is spoken',
    async () => {
      await world.routerSpeaks(neighbor)
      const remote = { ip: '172.16.1.250', as: 65_010 }
      const bgp = { routerId: '10.0.0.2', as: 4_294_967_295, keepAlive: 0, hold: 9 }
      const portProtocols = [{ port: 'lan', vlan: 0, protocol: 'BGP', remote }] as const
      const read = await apply({ globalProtocol: 'BGP', portProtocols, bgp })
      await until('reached', fromCloud)
      expect(await read()).toMatchObject({
        lan: { protocol: 'BGP', remote, isUp: true, neighbor: remote.ip },
        routing: { protocol: 'BGP', bgp },
        refused: [],
      })

      const untold = await apply({ globalProtocol: 'BGP', portProtocols, bgp }, { routingStrategy: 'static' })
      await until('not reached', async () => !(await fromCloud()))
      expect((await untold()).lan?.isUp).toBe(true)

      const wan = await apply({ globalProtocol: 'BGP', portProtocols: [{ ...portProtocols[0], port: 'wan' }], bgp })
      expect((await wan()).refused).toMatchObject([{ section: 'portProtocols' }])
      expect((await world.network().show('protocols')).match(/BGP/g)).toHaveLength(2)
    },
    limit(60_000),
  )
})
