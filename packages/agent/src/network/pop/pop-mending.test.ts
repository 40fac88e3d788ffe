import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../../../../test/support/time.ts'
import type { System } from '../system.ts'
import { openWorld, type TestGateway, type TestWorld, whatNetworksNeed } from './testing/world.suite.ts'

const lack = await whatNetworksNeed()
const setup = {
  wan: 'wan',
  attachments: [{ ccn: 'ccn-1', interface: 'cloud', address: '10.10.0.254/24', prefixes: ['10.10.0.0/24'] }],
}
const [home, other, host] = ['172.16.1.10', '172.16.2.10', '10.10.0.1']
/** Longer than it takes until everything is looked at, and until it is looked for what is awaited. */
const [round, moment] = [60_000, 2_000]

describe.skipIf(lack !== undefined)(`a point of presence mends${lack === undefined ? '' : ` (${lack})`}`, () => {
  let world: TestWorld
  let one: TestGateway
  let two: TestGateway
  let cloud: System

  beforeAll(async () => {
    world = await openWorld(setup)
    cloud = await world.cloud('cloud', `${host}/24`, '10.10.0.254')
    await world.home.ip(['link set cloud up'])
    one = await world.gateway(1)
    two = await world.gateway(2)
    await world.hold([{ gateways: [one, two] }])
    await reached()
  })
  afterAll(() => world?.close())

  /** The cable that was lost with the namespace its end was in. */
  async function plugCloud(): Promise<void> {
    await world.home.ip([`link add cloud type veth peer name eth0 netns ${world.prefix}-cloud`])
    await cloud.ip([`address add ${host}/24 dev eth0`, 'link set eth0 up', 'route replace default via 10.10.0.254'])
  }

  async function reached(): Promise<void> {
    await until('the other branch is reached', () => one.reaches(home, other))
    await until('the cloud is reached', () => one.reaches(home, host))
  }

  /** What it has made of the machine and of the namespace, without what the kernel numbers. */
  async function made(): Promise<readonly string[]> {
    const inside = world.inNetwork(1)
    const said = await Promise.all([
      world.home.run(['nft', 'list', 'tables']),
      world.home.run(['ip', '-br', '-4', 'address', 'show', 'dev', 'lo']),
      inside.run(['ip', '-br', '-4', 'address', 'show']),
      inside.run(['nft', 'list', 'tables']),
      inside.run(['ip', 'rule', 'show']),
      inside.run(['ip', 'route', 'show', 'table', 'all', 'type', 'unreachable']),
      classes('vx2'),
      classes('vx4'),
      inside.sysctlValue('net/ipv4/ip_forward'),
    ])
    return said.map((text) => text.replace(/@\S+/g, '').split('\n').sort().join('\n'))
  }

  /** What shares the bandwidth of a link; of one that is not there: nothing. */
  const classes = (link: string): Promise<string> =>
    world
      .inNetwork(1)
      .run(['tc', 'class', 'show', 'dev', link])
      .catch(() => '')

  /** The numbers that the kernel has given to links, and since when sessions are up. */
  async function standing(): Promise<{
    links: readonly string[]
    sessions: readonly string[]
    since: readonly number[]
  }> {
    const links = (await world.inNetwork(1).ipJson('link', 'show')) as { ifname: string; ifindex: number }[]
    const shown = (await world.birdc(1, 'show', 'protocols')).split('\n').filter((line) => /^m\d/.test(line))
    const times = /(\d+):(\d+):(\d+\.\d+)/
    return {
      links: links.map(({ ifname, ifindex }) => `${ifname} ${ifindex}`),
      sessions: shown.map((line) => line.replace(times, '')),
      since: shown.map((line) => {
        const [, hours, minutes, seconds] = times.exec(line) ?? []
        return 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds)
      }),
    }
  }

  test('nothing is touched that is whole', async () => {
    const before = await made()
    const { since, ...stood } = await standing()
    // A mark of this test: what is made anew does not have it.
    const mark = 'add table inet seen; add chain inet opensag seen'
    await Promise.all([world.home, world.inNetwork(1)].map((system) => system.nft(mark)))
    const marked = await made()
    world.pass(round)
    // It is in one queue with what was begun before.
    await world.hold([{ gateways: [one, two] }])
    const { since: sinceNow, ...stands } = await standing()
    expect([marked, stands]).toEqual([await made(), stood])
    // BIRD counts back from the clock, which is adjusted now and then.
    for (const [index, seconds] of since.entries()) expect(sinceNow[index]).toBeCloseTo(seconds, 1)
    for (const system of [world.home, world.inNetwork(1)]) {
      expect(await system.run(['nft', 'list', 'chains'])).toContain('chain seen')
      await system.nft('delete table inet seen')
    }
    expect(await made()).toEqual(before)
  })

  test.each([
    [
      'what somebody has taken away',
      async () => {
        const inside = world.inNetwork(1)
        await world.home.nft('delete table inet opensag')
        await world.home.ip(['address del 198.18.128.1/32 dev lo'])
        await inside.nft('flush ruleset')
        await inside.ip([
          'link del vx2',
          'rule del pref 100',
          'rule del pref 101',
          'route del unreachable default table 100 metric 4278198272',
          `link set cloud netns ${world.prefix}-home`,
        ])
      },
    ],
    [
      'what somebody has changed',
      async () => {
        const inside = world.inNetwork(1)
        await inside.ip(['link set vx4 down', 'address flush dev vx2'])
        await inside.sysctl('net/ipv4/ip_forward', '0')
        await inside.ip(['address del 10.10.0.254/24 dev cloud', 'address add 10.10.0.9/24 dev cloud'])
      },
    ],
    [
      'what is half there',
      async () => {
        const inside = world.inNetwork(1)
        await inside.run(['tc', 'qdisc', 'del', 'dev', 'vx2', 'root'])
        await inside.ip(['link set cloud down'])
      },
    ],
  ])('%s is as it was, each of it', async (_, takeAway) => {
    const before = await made()
    await takeAway()
    const differs = (await made()).filter((text, at) => text !== before[at])
    expect(differs.length).toBeGreaterThan(1)
    world.pass(round)
    await until('all of it is as it was', async () => String(await made()) === String(before))
    await reached()
  })

  test('a namespace that somebody has taken away, and an attachment that was lost with it when it comes', async () => {
    // The kernel frees their numbers when it comes to it, and not while anybody else looks into the namespace.
    await world.inNetwork(1).ip(['link del vx2', 'link del vx4', 'link del cloud'])
    await world.home.run(['ip', 'netns', 'del', `${world.prefix}-ccn-1`])
    world.pass(round)
    await until('the other branch is reached', () => one.reaches(home, other))
    expect(await world.home.interface('cloud')).toBeUndefined()
    await plugCloud()
    world.pass(moment)
    await reached()
  })

  test('an interface is given back as it was: up or down', async () => {
    for (const state of ['up', 'down'] as const) {
      await world.hold([])
      await world.home.ip([`link set cloud ${state}`])
      await world.hold([{ gateways: [one, two] }])
      await reached()
      // Another process does not know what this one has seen.
      await world.restart()
      await world.hold([])
      expect((await world.interfacesUp()).includes('cloud')).toBe(state === 'up')
    }
  })

  test('without an address of the machine everything but the tunnels is made; these follow as soon as there is one', async () => {
    await world.home.ip(['address flush dev wan'])
    await world.restart()
    await world.hold([{ gateways: [one, two] }])
    await reached()
    expect(world.tunnels()).toBeUndefined()
    await world.home.ip(['address add 198.51.100.7/24 dev wan'])
    world.pass(moment)
    await until('there are tunnels', () => world.tunnels()?.wan === '198.51.100.7')

    await world.home.ip(['address flush dev wan', 'address add 198.51.100.8/24 dev wan'])
    world.pass(moment)
    await until('they go out from the other address', () => world.tunnels()?.wan === '198.51.100.8')

    // One that goes for a while: what is not wanted any more goes also then.
    await world.home.ip(['address flush dev wan'])
    await world.hold([{ gateways: [one] }])
    expect(world.tunnels()).toMatchObject({ wan: '198.51.100.8', tunnels: [{ name: 'SAG00001' }] })
  })
})
