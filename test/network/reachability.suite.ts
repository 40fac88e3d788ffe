import { expect, test } from 'vitest'
import type { Machine } from '../linux/box.ts'
import { until } from '../support/time.ts'
import { sh } from './bench.ts'
import { startCapture } from './capture.ts'
import { answered, untilCutOff, untilReached } from './ping.ts'
import { addressIn, askAgent, cloud, echoes, routesOf, type Site, statusOf } from './site.ts'

/** Who reaches whom, by what calls have said. */
export function testReachability(site: () => Site): void {
  test('terminals have leases of the first block of their instance, and reach each other and the cloud', async () => {
    const { one, two, stranger } = site()
    expect(await one.terminal.leased(() => true)).toMatchObject({
      prefix: 24,
      router: expect.stringMatching(/^172\.16\.1\./),
    })
    const address = await addressIn(two, '172.16.2.')
    await addressIn(stranger, '172.16.1.')
    await untilReached(one.terminal.machine, address)
    await untilReached(two.terminal.machine, await addressIn(one, '172.16.1.'))
    for (const branch of [one, two, stranger]) await untilReached(branch.terminal.machine, cloud)
  })

  test('the box, its owner and the operator are told the tunnel, the routes, the leases and the traffic of a branch', async () => {
    const { world, pop, one } = site()
    const status = await until('its configuration is confirmed', async () => {
      const said = await statusOf(one)
      return said.configuration.state === 'confirmed' && said
    })
    const address = await addressIn(one, '172.16.1.')
    expect(status).toMatchObject({
      serial: 'sag-one',
      connection: { is: 'online' },
      configuration: { instanceId: one.instance, state: 'confirmed' },
      locked: false,
      network: {
        tunnels: [{ pop: 'pop-one', isUp: true }],
        leases: [{ address }],
        routes: expect.arrayContaining([
          { to: '10.10.0.0/24', via: expect.stringMatching(/^198\.19\./), dev: 'ccn0' },
          { to: 'default (unreachable)', via: null, dev: null },
        ]),
      },
    })
    // 100 bytes of a ping and its headers at least, each way.
    const { received, sent } = status.network.traffic
    await untilReached(one.terminal.machine, cloud)
    const after = (await statusOf(one)).network.traffic
    expect(Math.min(after.received - received, after.sent - sent)).toBeGreaterThan(80)
    expect(await sh(one.gateway, askAgent)).toMatch(
      /^connection: online$[\s\S]*^Tunnels$[\s\S]*^pop-one +up[\s\S]*^Leases$/m,
    )

    const told = async () => {
      const params = { SmartAGId: one.instance }
      const { Devices } = await world.api.call('DescribeGatewayNetwork', params, '2026-12-01')
      const [device] = Devices as readonly { readonly Tunnels: readonly { readonly State: string }[] }[]
      return device?.Tunnels[0]?.State === 'up' && device
    }
    expect(await until('its owner sees the tunnel', told)).toMatchObject({
      SerialNumber: 'sag-one',
      Tunnels: [{ PointOfPresence: pop.serial, Endpoint: pop.endpoint }],
      ReceivedBytes: expect.any(Number),
    })
  })

  test('two customers with equal addresses never see one another', async () => {
    const { one, two, stranger, cloudOfFirst, cloudOfStranger } = site()
    const heard = (): Promise<number[]> =>
      Promise.all([cloudOfFirst, cloudOfStranger, two.terminal.machine].map((machine) => echoes(machine)))
    const before = await heard()
    expect(await answered(stranger.terminal.machine, cloud, 5)).toBe(5)
    expect(await answered(one.terminal.machine, cloud, 3)).toBe(3)
    // An address that only the other customer has.
    expect(await answered(stranger.terminal.machine, await addressIn(two, '172.16.2.'), 3)).toBe(0)
    expect((await heard()).map((now, index) => now - (before[index] ?? 0))).toEqual([3, 5, 0])
  })

  test('after a change of its blocks a branch has leases of the new one, and the old one is in no routing table', async () => {
    const { world, pop, one, two, stranger } = site()
    const old = /\b172\.16\.2\./
    const everywhere = [pop.machine, one.gateway, two.gateway, stranger.gateway]
    const routes = async (): Promise<string[]> => Promise.all(everywhere.map(routesOf))
    expect((await routes()).filter((all) => old.test(all)).length).toBeGreaterThan(1)
    await world.modify(two, { CidrBlock: '172.16.20.0/24' })
    await until('the old block is gone', async () => (await routes()).every((all) => !old.test(all)))
    await untilReached(one.terminal.machine, await addressIn(two, '172.16.20.'))
    expect((await routes()).filter((all) => /\b172\.16\.20\./.test(all)).length).toBeGreaterThan(1)
  })

  test('a forged source does not come out of the tunnel, whoever forges it', async () => {
    const { one, cloudOfFirst } = site()
    const before = await echoes(cloudOfFirst)
    // A terminal of the branch, with an address that is nobody's.
    await sh(one.terminal.machine, 'ip addr add 172.16.66.6/32 dev lan')
    expect(await answered(one.terminal.machine, cloud, 3, '172.16.66.6')).toBe(0)
    // The gateway itself, with one that is nobody's, and with one of the other branch: root there can send what it likes.
    for (const forged of ['172.16.66.7', '172.16.20.77']) expect(await sent(one.gateway, forged)).toBe(3)
    expect(await echoes(cloudOfFirst)).toBe(before)
    expect(await answered(one.terminal.machine, cloud, 1)).toBe(1)
    expect(await echoes(cloudOfFirst)).toBe(before + 1)
  })

  test('out of its network an instance reaches nothing; a network without interworking only its cloud', async () => {
    const { world, first, one, two } = site()
    const [from, to] = [one.terminal.machine, await addressIn(two, '172.16.20.')]
    await world.api.call('ModifyCloudConnectNetwork', { CcnId: first, InterworkingStatus: 'disable' })
    await untilCutOff(from, to)
    expect(await answered(from, cloud, 3)).toBe(3)
    await world.api.call('ModifyCloudConnectNetwork', { CcnId: first, InterworkingStatus: 'enable' })
    await untilReached(from, to)
    await world.api.call('UnbindSmartAccessGateway', { SmartAGId: two.instance, CcnId: first })
    await untilCutOff(two.terminal.machine, cloud)
    expect(await answered(from, to, 3)).toBe(0)
    await world.api.call('BindSmartAccessGateway', { SmartAGId: two.instance, CcnId: first })
    await untilReached(two.terminal.machine, cloud)
    await untilReached(from, to)
  })
}

/** Sends three pings to the cloud from a gateway past its own routes. @returns how many went into the link */
async function sent(gateway: Machine, source: string): Promise<number> {
  const [link] = JSON.parse(await sh(gateway, 'ip -j -4 addr show dev ccn0')) as readonly [
    { readonly addr_info: readonly [{ readonly local: string }] },
  ]
  // The other end of a /31: the gateway's is the upper one.
  const parts = link.addr_info[0].local.split('.').map(Number)
  const pop = [...parts.slice(0, 3), (parts[3] ?? 0) - 1].join('.')
  await sh(
    gateway,
    `ip addr add ${source}/32 dev lo; ip rule add pref 1 from ${source} to ${cloud} lookup 199
    ip route add ${cloud}/32 via ${pop} dev ccn0 table 199`,
  )
  const capture = await startCapture(gateway, 'ccn0')
  await answered(gateway, cloud, 3, source)
  const packets = await capture.stop()
  await sh(gateway, `ip addr del ${source}/32 dev lo; ip rule del pref 1; ip route flush table 199`)
  return packets.filter((packet) => packet.source === source).length
}
