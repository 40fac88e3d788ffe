import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../../../../test/support/time.ts'
import type { System } from '../system.ts'
import {
  counted,
  countRequests,
  openWorld,
  pinged,
  requests,
  type TestGateway,
  type TestWorld,
  whatNetworksNeed,
} from './testing/world.suite.ts'

const lack = await whatNetworksNeed()
const setup = {
  wan: 'wan',
  attachments: [{ ccn: 'ccn-1', interface: 'cloud', address: '10.10.0.254/24', prefixes: ['10.10.0.0/24'] }],
}

describe.skipIf(lack !== undefined)(`a point of presence${lack === undefined ? '' : ` (${lack})`}`, () => {
  let world: TestWorld
  let cloud: System
  let one: TestGateway
  let two: TestGateway
  /** Of another tenant, with the same addresses. */
  let likeOne: TestGateway
  let likeTwo: TestGateway

  beforeAll(async () => {
    world = await openWorld(setup)
    cloud = await world.cloud('cloud', '10.10.0.1/24', '10.10.0.254')
    one = await world.gateway(1)
    two = await world.gateway(2)
    likeOne = await world.gateway(3, { prefixes: ['172.16.1.0/24'] })
    likeTwo = await world.gateway(4, { prefixes: ['172.16.2.0/24'] })
  })
  afterAll(() => world?.close())

  const reach = (from: TestGateway, to: string): Promise<boolean> => from.reaches('172.16.1.10', to)
  const soon = (from: TestGateway, to: string): Promise<unknown> => until(`${to} is reached`, () => reach(from, to))
  const dropped = async (system: System, chain: string): Promise<number> =>
    counted(await system.nftJson('list', 'chain', 'inet', 'opensag', chain))
  /** Updates of a member that were not let in. */
  const refused = async (protocol: string): Promise<number> => {
    const shown = await world.birdc(1, 'show', 'protocols', 'all', protocol)
    const [, filtered] = /Import updates:\s+(?:\S+\s+){2}(\d+)/.exec(shown) ?? []
    return Number(filtered)
  }
  const routes = (system: System): Promise<string> => system.run(['ip', 'route', 'show', 'proto', 'bird'])

  test('members of a network reach one another and what is attached, but not another tenant with the same addresses', async () => {
    await world.hold([{ gateways: [one, two] }, { gateways: [likeOne] }])
    await soon(one, '172.16.2.10')
    await soon(one, '10.10.0.1')
    expect(await pinged(cloud, '10.10.0.1', '172.16.2.10')).toBe(true)
    expect(await reach(likeOne, '172.16.2.10')).toBe(false)
    expect(await reach(likeOne, '10.10.0.1')).toBe(false)

    await world.hold([{ gateways: [one] }, { gateways: [likeOne, likeTwo] }])
    await soon(likeOne, '172.16.2.10')
    expect(await reach(one, '172.16.2.10')).toBe(false)
  })

  test('strongSwan is told of each member and of the other point of presence, which the one with the lower number calls', async () => {
    await world.hold(
      [{ gateways: [one] }, { gateways: [likeOne] }],
      [{ serial: 'POP00002', endpoint: '198.51.100.2', address: '198.18.128.2' }],
    )
    expect(world.tunnels()).toEqual({
      identity: 'pop00001.c7.sag',
      address: '198.18.128.1',
      wan: '198.51.100.1',
      tunnels: [
        { name: 'SAG00001', identity: 'sag00001.c7.sag', address: '198.18.0.1' },
        { name: 'SAG00003', identity: 'sag00003.c7.sag', address: '198.18.0.3' },
        { name: 'POP00002', identity: 'pop00002.c7.sag', address: '198.18.128.2', endpoint: '198.51.100.2' },
      ],
    })
  })

  test('a source that is not of the member is dropped, also one of another member', async () => {
    await world.hold([{ gateways: [one, two] }])
    await soon(one, '172.16.2.10')
    await one.system.ip(['address add 172.16.9.10/32 dev lo', 'address add 172.16.2.77/32 dev lo'])
    const before = await dropped(world.inNetwork(1), 'unlisted')
    expect(await one.reaches('172.16.9.10', '172.16.2.10')).toBe(false)
    expect(await one.reaches('172.16.2.77', '10.10.0.1')).toBe(false)
    expect(await dropped(world.inNetwork(1), 'unlisted')).toBe(before + 2)
  })

  test('a frame for the link of another member is dropped before the link', async () => {
    await world.hold([{ gateways: [one, two] }, { gateways: [likeOne] }])
    await soon(one, '172.16.2.10')
    await countRequests(two.system)
    await reach(one, '172.16.2.10')
    expect(await requests(two.system)).toBe(1)

    const { system, member } = likeOne
    const router = await addressOf(world.inNetwork(1), 'vx2')
    await system.ip([
      'link del ccn0',
      `link add ccn0 type vxlan id ${one.member.vni} local ${member.address} remote 198.18.128.1 dstport 4789 nolearning`,
      `address add ${one.member.remote}/31 dev ccn0`,
      'link set ccn0 mtu 1350 up',
      `neighbour replace ${one.member.local} lladdr ${router} dev ccn0`,
      `route replace 172.16.2.0/24 via ${one.member.local} dev ccn0`,
    ])
    const before = await dropped(world.home, 'input')
    expect(await reach(likeOne, '172.16.2.10')).toBe(false)
    expect(await dropped(world.home, 'input')).toBeGreaterThan(before)
    expect(await requests(two.system)).toBe(1)
    likeOne = await world.gateway(3, { prefixes: ['172.16.1.0/24'] })
  })

  test('while there is no tunnel nothing of a link leaves the machine, whatever the way', async () => {
    await world.hold([{ gateways: [one, two] }])
    await soon(one, '172.16.2.10')
    await world.home.nft(`table inet watch {
  chain postrouting {
    type filter hook postrouting priority 0
    oifname "wan" udp dport 4789 counter
  }
}
`)
    const way = `${one.member.address}/32 via 198.51.100.2 dev wan`
    await world.home.ip([`route replace ${way}`, 'neighbour replace 198.51.100.2 lladdr 02:00:00:00:00:ff dev wan'])
    const before = await dropped(world.home, 'output')
    expect(await two.reaches('172.16.2.10', '172.16.1.10')).toBe(false)
    expect(await dropped(world.home, 'output')).toBeGreaterThan(before)
    expect(counted(await world.home.nftJson('list', 'table', 'inet', 'watch'))).toBe(0)
    await world.home.ip([`route replace ${one.member.address}/32 via 192.0.2.1 dev ipsec0`])
  })

  test('what a static member announces beyond its prefixes goes nowhere', async () => {
    await world.hold([{ gateways: [one, two] }])
    await one.announce('172.16.1.0/24', '172.16.1.128/25', '172.16.2.0/25', '192.168.50.0/24', '0.0.0.0/0')
    await until('all of it has been refused', async () => (await refused('m2')) >= 4)
    expect((await routes(two.system)).match(/^\S+/gm)).toEqual(['10.10.0.0/24', '172.16.1.0/24'])
    await one.announce('172.16.1.0/24')
  })
})

async function addressOf(system: System, link: string): Promise<string> {
  return (await shown(system, link)).address
}

async function shown(system: System, link: string): Promise<{ address: string; ifindex: number }> {
  const [found] = (await system.ipJson('link', 'show', 'dev', link)) as never[]
  if (found === undefined) throw new Error(`There is no ${link}.`)
  return found
}
