import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../../../../test/support/time.ts'
import type { System } from '../system.ts'
import {
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

describe.skipIf(lack !== undefined)(`a point of presence that changes${lack === undefined ? '' : ` (${lack})`}`, () => {
  let world: TestWorld
  let cloud: System
  let one: TestGateway
  let two: TestGateway

  beforeAll(async () => {
    world = await openWorld(setup)
    cloud = await world.cloud('cloud', '10.10.0.1/24', '10.10.0.254')
    one = await world.gateway(1)
    two = await world.gateway(2)
    await countRequests(cloud)
    await countRequests(two.system)
    await two.system.ip(['address add 192.168.50.10/32 dev lo', 'address add 172.16.1.77/32 dev lo'])
  })
  afterAll(() => world?.close())
  afterEach(() => two.announce('172.16.2.0/24'))

  const home = '172.16.1.10'
  const soon = (to: string, from = one): Promise<unknown> => until(`${to} is reached`, () => from.reaches(home, to))
  const learning = (gateway: TestGateway): TestGateway => ({
    ...gateway,
    member: { ...gateway.member, routing: 'dynamic' },
  })
  const routes = async (system: System): Promise<readonly string[]> =>
    (await system.run(['ip', 'route', 'show', 'proto', 'bird'])).match(/^\S+/gm) ?? []

  test('what a dynamic member learns is reached and may be sent from, unless it is of another member; as a static one it is withdrawn', async () => {
    await world.hold([{ gateways: [one, learning(two)] }])
    await two.announce('172.16.2.0/24', '192.168.50.0/24', '172.16.1.0/25', '10.0.0.0/8', '198.18.0.0/24', '0.0.0.0/0')
    await soon('192.168.50.10')
    expect(await two.reaches('192.168.50.10', home)).toBe(true)
    expect(await two.reaches('192.168.50.10', '10.10.0.1')).toBe(true)
    // Whether an answer finds back or not.
    const before = await requests(cloud)
    expect(await two.reaches('172.16.1.77', '10.10.0.1')).toBe(false)
    expect(await requests(cloud)).toBe(before)
    expect(await routes(one.system)).toEqual(['10.10.0.0/24', '172.16.2.0/24', '192.168.50.0/24'])

    await two.announce('172.16.2.0/24')
    await until('it is withdrawn', async () => !(await routes(one.system)).includes('192.168.50.0/24'))

    await two.announce('172.16.2.0/24', '192.168.50.0/24')
    await soon('192.168.50.10')
    await world.hold([{ gateways: [one, two] }])
    await until('it is withdrawn', async () => !(await routes(one.system)).includes('192.168.50.0/24'))
    expect(await one.reaches(home, '172.16.2.10')).toBe(true)
    expect(await two.reaches('192.168.50.10', '10.10.0.1')).toBe(false)
  })

  test('without interworking members reach only what is attached, also when they send anyway', async () => {
    await world.hold([{ gateways: [one, learning(two)] }])
    await soon('172.16.2.10')
    await world.hold([{ gateways: [one, learning(two)], interworking: false }])
    await two.announce('172.16.2.0/24', '192.168.50.0/24')
    await until('the other branch is told to nobody', async () => (await routes(one.system)).length === 1)
    expect(await one.reaches(home, '10.10.0.1')).toBe(true)
    await until('the cloud knows the way', () => pinged(cloud, '10.10.0.1', '192.168.50.10'))
    const way = `via ${one.member.local} dev ccn0`
    await one.system.ip([`route add 172.16.2.0/24 ${way}`, `route add 192.168.50.0/24 ${way}`])
    const before = await requests(two.system)
    expect(await one.reaches(home, '172.16.2.10')).toBe(false)
    expect(await one.reaches(home, '192.168.50.10')).toBe(false)
    expect(await requests(two.system)).toBe(before)
    await one.system.ip([`route del 172.16.2.0/24 ${way}`, `route del 192.168.50.0/24 ${way}`])
    await world.hold([{ gateways: [one, two] }])
    await soon('172.16.2.10')
  })

  test('a change of one member disturbs no other one', async () => {
    await world.hold([{ gateways: [one, two] }])
    await soon('172.16.2.10')
    const three = await world.gateway(3)
    const before = await standing()
    await world.hold([{ gateways: [one, changed(two, { bandwidth: 3, prefixes: ['172.16.2.0/25'] }), three] }])
    await until('the third is reached', () => one.reaches(home, '172.16.3.10'))
    expect(await standing()).toEqual(before)
    expect(await classes('vx4')).toContain('rate 3Mbit ceil 3Mbit')
    await world.hold([{ gateways: [one, two] }])
    expect(await standing()).toEqual(before)
    expect(await links()).not.toContain('vx6')
    await three.system.ip(['link set ipsec0 down'])

    /** What was made for the first and the second: interfaces by their numbers, BIRD, and since when the first is up. */
    async function standing(): Promise<unknown> {
      const { pid } = await router()
      const session = (await world.birdc(1, 'show', 'protocols')).split('\n').find((line) => line.startsWith('m2 '))
      return { one: await numberOf('vx2'), two: await numberOf('vx4'), pid, session }
    }
  })

  test('after a kill another process goes on with what is there, and changes it', async () => {
    await world.hold([{ gateways: [one, two] }])
    await soon('172.16.2.10')
    const before = { one: await numberOf('vx2'), two: await numberOf('vx4'), ...(await router()) }
    await world.restart()
    await world.hold([{ gateways: [one, changed(two, { bandwidth: 7 })] }])
    expect({ one: await numberOf('vx2'), two: await numberOf('vx4'), ...(await router()) }).toEqual(before)
    expect(await classes('vx4')).toContain('rate 7Mbit ceil 7Mbit')
    expect(await one.reaches(home, '172.16.2.10')).toBe(true)
    expect(await one.reaches(home, '10.10.0.1')).toBe(true)

    await world.restart()
    await world.hold([{ gateways: [one] }])
    expect(await links()).not.toContain('vx4')
  })

  test('BIRD that dies is started anew', async () => {
    await world.hold([{ gateways: [one, two] }])
    await soon('172.16.2.10')
    const { pid } = await router()
    process.kill(pid, 'SIGKILL')
    await until('another one runs', async () => (await router()).pid !== pid)
    await until('the other branch is told again', async () => (await routes(one.system)).includes('172.16.2.0/24'))
    await soon('172.16.2.10')
  })

  test('a network without members is taken away, and its interface given back; the other one goes on', async () => {
    const other = await world.gateway(5)
    await world.hold([{ gateways: [one] }, { gateways: [other] }])
    await soon('10.10.0.1')
    await world.pop.apply({
      address: '198.18.128.1',
      peers: [],
      networks: [{ ccn: 'ccn-2', number: 2, interworking: true, members: [other.member] }],
    })
    expect(await world.networks()).toEqual([2])
    expect(await world.home.interface('cloud')).toBeDefined()
    // The member moves, with its number.
    await world.hold([{ gateways: [one, other] }])
    await until('it is reached', () => one.reaches(home, '172.16.5.10'))
    await soon('10.10.0.1')
  })

  test('--remove leaves nothing, also when it was killed', async () => {
    await world.hold([{ gateways: [one] }])
    await soon('10.10.0.1')
    const { pid } = await router()
    world.kill()
    await world.remove()
    expect(await world.networks()).toEqual([])
    expect(await world.home.addresses('lo')).toEqual(['127.0.0.1'])
    expect(await world.home.interface('cloud')).toBeDefined()
    expect(await world.home.run(['nft', 'list', 'tables'])).toBe('')
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  function changed(gateway: TestGateway, more: Partial<TestGateway['member']>): TestGateway {
    return { ...gateway, member: { ...gateway.member, ...more } }
  }

  /** The process that routes in the first network. */
  async function router(): Promise<{ readonly pid: number }> {
    const text = await world.home.run(['ip', 'netns', 'pids', `${world.prefix}-ccn-1`])
    return { pid: Number(text.trim()) }
  }

  async function links(): Promise<readonly string[]> {
    const shown = (await world.inNetwork(1).ipJson('link', 'show')) as { ifname: string }[]
    return shown.map(({ ifname }) => ifname)
  }

  async function numberOf(link: string): Promise<number | undefined> {
    const [shown] = (await world.inNetwork(1).ipJson('link', 'show', 'dev', link)) as { ifindex: number }[]
    return shown?.ifindex
  }

  function classes(link: string): Promise<string> {
    return world.inNetwork(1).run(['tc', 'class', 'show', 'dev', link])
  }
})
