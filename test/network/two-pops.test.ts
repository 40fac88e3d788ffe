import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Machine } from '../linux/box.ts'
import { operator as askOperator } from '../linux/fault-world.ts'
import { limit, until } from '../support/time.ts'
import { sh } from './bench.ts'
import { type Capture, startCapture } from './capture.ts'
import { whatNetworksNeed } from './lack.ts'
import { leaksAmong } from './leaks.ts'
import { bootsWithoutAddress, fallsOver, hasAddress } from './outage.ts'
import { startPing, untilReached } from './ping.ts'
import { addressIn } from './site.ts'
import { type Branch, openWorld, type PopOfWorld, type World } from './world.ts'

const lack = whatNetworksNeed()
const cloud = '10.10.0.10'

/** Two points of presence, one of them with a cloud, and a branch that prefers each: one is lost, and comes back. */
describe.skipIf(lack !== undefined)(`two points of presence${lack ? ` (${lack})` : ''}`, () => {
  let world: World
  /** Nothing is attached to it. */
  let bare: PopOfWorld
  let withCloud: PopOfWorld
  let cloudHost: Machine
  /** The branch that prefers `bare`, and the other one. */
  let near: Branch
  let far: Branch
  let capture: Capture
  /** Where the terminals are. */
  let nearAddress: string
  let farAddress: string

  beforeAll(async () => {
    world = await openWorld()
    const ccn = await world.addCcn('both')
    bare = await world.addPop('pop-bare', [])
    withCloud = await world.addPop('pop-cloud', [{ ccn, network: '10.10.0' }])
    cloudHost = withCloud.hosts[0] as Machine
    const branches = [
      await world.addBranch('sag-one', '172.16.1.0/24', ccn),
      await world.addBranch('sag-two', '172.16.2.0/24', ccn),
    ]
    const preferred = await Promise.all(branches.map(async ({ serial }) => (await tunnelsOf(serial))[0]?.pop))
    near = branches[preferred.indexOf(bare.serial)] as Branch
    far = branches[preferred.indexOf(withCloud.serial)] as Branch
    capture = await startCapture(world.bench.internet, 'inet')
  }, limit(120_000))

  afterAll(async () => world?.close(), limit(60_000))

  const operator = <T>(...args: readonly string[]): Promise<T> => askOperator<T>(world.place, ...args)

  interface ShownTunnel {
    readonly pop: string
    readonly tunnel: string
  }
  const tunnelsOf = async (serial: string): Promise<readonly ShownTunnel[]> =>
    (await operator<{ readonly tunnels: readonly ShownTunnel[] }>('device', 'show', serial)).tunnels

  /** What a point of presence says of itself, and gateways of their tunnels to it. */
  async function shown({ serial }: PopOfWorld): Promise<{ online: boolean; tunnels: readonly string[] }> {
    const { online, networks } = await operator<{
      readonly online: boolean
      readonly networks: readonly { readonly members: readonly { readonly tunnel: string }[] }[]
    }>('pop', 'show', serial)
    return { online, tunnels: networks.flatMap(({ members }) => members.map(({ tunnel }) => tunnel)) }
  }

  const untilShown = (pop: PopOfWorld, online: boolean, tunnel: 'up' | 'down'): Promise<unknown> =>
    until(`${pop.serial} is shown with tunnels that are ${tunnel}`, async () => {
      const now = await shown(pop)
      return now.online === online && now.tunnels.length === 2 && now.tunnels.every((one) => one === tunnel)
    })

  const eventsOf = async ({ serial }: PopOfWorld): Promise<readonly string[]> =>
    (await operator<readonly { readonly kind: string }[]>('device', 'events', serial)).map(({ kind }) => kind)

  const instanceOf = ({ instance }: Branch): Promise<Readonly<Record<string, unknown>>> =>
    world.api.call('DescribeSmartAccessGatewayAttribute', { SmartAGId: instance })

  /** By which of its links a gateway sends to the other branch: `ccn0` is that of the preferred one. */
  const wayOf = async ({ gateway }: Branch, to: string): Promise<string | undefined> =>
    / dev (\S+)/.exec(await sh(gateway, `ip route get ${to} from ${gatewayOf(to)} iif lan`).catch(() => ''))?.[1]
  const gatewayOf = (to: string): string => (to === nearAddress ? farAddress : nearAddress)

  /** Pings that are lost while something happens, and until all are answered after it: the most of any of them. */
  async function lostDuring(
    pairs: readonly (readonly [Machine, string])[],
    happens: () => Promise<unknown>,
  ): Promise<number> {
    const pings = pairs.map(([from, to]) => startPing(from, to))
    await until('answers', () => pings.every((ping) => ping.lastAnswered() > 0))
    await happens()
    const since = Date.now()
    // Longer than anything that could still be noticed late.
    await until('answers again', () => pings.every((ping) => ping.lastAnswered() > since + 1500))
    return Math.max(...(await Promise.all(pings.map((ping) => ping.stop()))).map(({ lost }) => lost))
  }

  test('members that prefer different ones reach each other, and what is attached to one of them', async () => {
    nearAddress = await addressIn(near, '172.16.')
    farAddress = await addressIn(far, '172.16.')
    await untilReached(near.terminal.machine, farAddress)
    await untilReached(far.terminal.machine, nearAddress)
    for (const { terminal } of [near, far]) await untilReached(terminal.machine, cloud)
    await untilReached(cloudHost, nearAddress)
    for (const pop of [bare, withCloud]) await untilShown(pop, true, 'up')
    expect([await wayOf(near, farAddress), await wayOf(far, nearAddress)]).toEqual(['ccn0', 'ccn0'])
  })

  test('one is lost from one instant to the next: its members go on by the other one, and all of it is told', async () => {
    const pairs = [
      [near.terminal.machine, farAddress],
      [near.terminal.machine, cloud],
      [cloudHost, nearAddress],
    ] as const
    expect(await lostDuring(pairs, () => fallsOver(bare))).toBeLessThanOrEqual(limit(8))
    expect([await wayOf(near, farAddress), await wayOf(far, nearAddress)]).toEqual(['ccn1', 'ccn0'])
    await untilShown(bare, false, 'down')
    expect((await eventsOf(bare))[0]).toBe('DeviceOffline')
    expect(await tunnelsOf(near.serial)).toMatchObject([
      { pop: bare.serial, tunnel: 'down' },
      { pop: withCloud.serial, tunnel: 'up' },
    ])
    // By the other one.
    expect(await instanceOf(near)).toMatchObject({ Status: 'Active', IpsecStatus: 'up', VpnStatus: 'up' })
  })

  test('it is started anew before its interface has an address, takes its members back when it has one, and they notice nothing', async () => {
    await bootsWithoutAddress(bare)
    bare.start()
    await until('it has made its networks', async () => (await sh(bare.machine, 'ip netns list')) !== '')
    const lost = await lostDuring([[near.terminal.machine, farAddress]], async () => {
      await hasAddress(bare)
      await until('it is preferred again', async () => (await wayOf(near, farAddress)) === 'ccn0')
    })
    expect(lost).toBeLessThanOrEqual(limit(2))
    await untilShown(bare, true, 'up')
    expect((await eventsOf(bare)).slice(0, 2)).toEqual(['DeviceOnline', 'DeviceOffline'])
    await untilReached(near.terminal.machine, cloud)
  })

  test('one is stopped as a service is, and started: nobody notices', async () => {
    const starts = bare.program.starts()
    const lost = await lostDuring([[near.terminal.machine, farAddress]], async () => {
      bare.program.signal('SIGTERM')
      await until('it is left', async () => (await wayOf(near, farAddress)) === 'ccn1')
      await until('it is preferred again', async () => (await wayOf(near, farAddress)) === 'ccn0')
    })
    expect(bare.program.starts()).toBe(starts + 1)
    expect(lost).toBeLessThanOrEqual(limit(4))
  })

  test('the one with the cloud is lost: branches go on; it comes back without the interface, and takes it when it appears', async () => {
    const lost = await lostDuring([[far.terminal.machine, nearAddress]], () => fallsOver(withCloud))
    expect(lost).toBeLessThanOrEqual(limit(8))
    // A leased line that takes its time.
    await sh(cloudHost, 'ip link del cloud')
    await bootsWithoutAddress(withCloud)
    await hasAddress(withCloud)
    withCloud.start()
    await until('it is preferred again', async () => (await wayOf(far, nearAddress)) === 'ccn0')
    await untilReached(far.terminal.machine, nearAddress)
    await world.bench.cable(cloudHost, 'cloud', withCloud.machine, 'cloud0')
    await sh(cloudHost, 'ip addr add 10.10.0.10/24 dev cloud; ip route replace default via 10.10.0.1')
    for (const { terminal } of [near, far]) await untilReached(terminal.machine, cloud)
  })

  test('in all this time nothing has left in the clear', async () => {
    expect(leaksAmong(await capture.stop(), world.place.host)).toEqual([])
  })

  test('one is removed from the inventory: its members have one tunnel, and no way by it', async () => {
    const { instance } = near
    await operator('pop', 'remove', bare.serial)
    await until('it has one tunnel', async () => (await tunnelsOf(near.serial)).length === 1)
    await untilReached(near.terminal.machine, farAddress)
    expect(await sh(near.gateway, 'ip -br link show type vxlan')).not.toContain('ccn1')
    expect(await world.api.call('DescribeSmartAccessGatewayAttribute', { SmartAGId: instance })).toMatchObject({
      IpsecStatus: 'up',
    })
  })
})
