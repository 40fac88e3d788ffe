import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Machine } from '../linux/box.ts'
import { program } from '../linux/service.ts'
import { limit, until } from '../support/time.ts'
import { sh } from './bench.ts'
import { type Capture, startCapture } from './capture.ts'
import { whatNetworksNeed } from './lack.ts'
import { leaksAmong } from './leaks.ts'
import { reaches, startPing, untilReached } from './ping.ts'
import { addressIn } from './site.ts'
import { traceOf } from './trace.ts'
import { type Branch, type GatewayOfWorld, openWorld, type PopOfWorld, type World } from './world.ts'

const lack = whatNetworksNeed()
const cloud = '10.10.0.10'

/** Two gateways of one branch: one address, one of them has it, and what happens to it. */
describe.skipIf(lack !== undefined)(`a pair of gateways${lack ? ` (${lack})` : ''}`, () => {
  let world: World
  let pop: PopOfWorld
  let main: Branch
  let backup: GatewayOfWorld
  let capture: Capture

  beforeAll(async () => {
    world = await openWorld()
    const ccn = await world.addCcn('pair')
    pop = await world.addPop('pop-one', [{ ccn, network: '10.10.0' }])
    main = await world.addBranch('sag-main', '172.16.1.0/24', ccn)
    backup = await world.addStandby(main, 'sag-backup')
    capture = await startCapture(world.bench.internet, 'inet')
  }, limit(120_000))

  afterAll(async () => world?.close(), limit(60_000))

  const addressOf = async (machine: Machine): Promise<string> => sh(machine, 'ip -4 -o addr show dev lan')
  const hasAddress = async (machine: Machine, block = '172.16.1'): Promise<boolean> =>
    (await addressOf(machine)).includes(` ${block}.1/24 `)

  async function shown() {
    const of = { SmartAGId: main.instance }
    const { MainDeviceId, BackupDeviceId } = await world.api.call('DescribeSmartAccessGatewayHa', of)
    const instance = await world.api.call('DescribeSmartAccessGatewayAttribute', of)
    const { TrafficMasterSn, IpsecStatus, Status } = instance
    return { MainDeviceId, BackupDeviceId, TrafficMasterSn, IpsecStatus, Status }
  }
  const showing = (active: string, standby: string) => ({
    ...{ MainDeviceId: active, BackupDeviceId: standby, TrafficMasterSn: active, IpsecStatus: 'up', Status: 'Active' },
  })
  const untilShown = (active: GatewayOfWorld, standby: GatewayOfWorld): Promise<unknown> =>
    until(`the traffic is shown at ${active.serial}`, async () => {
      const now = await shown()
      return Object.entries(showing(active.serial, standby.serial)).every(
        ([key, value]) => now[key as keyof typeof now] === value,
      )
    })

  /** Of the history of the instance, the oldest first. */
  async function takeovers(): Promise<readonly string[]> {
    const { Events } = await world.api.call(
      'ListGatewayEvents',
      { SmartAGId: main.instance, MaxResults: '50' },
      '2026-12-01',
    )
    return (Events as readonly { readonly SerialNumber: string; readonly Name: string }[])
      .filter(({ Name }) => Name.startsWith('Traffic'))
      .map(({ SerialNumber, Name }) => `${SerialNumber} ${Name}`)
      .reverse()
  }

  /** Pings of the terminal that are lost while something happens, and until the cloud is reached after it. */
  async function lostDuring(happens: () => Promise<unknown>): Promise<number> {
    const ping = startPing(main.terminal.machine, cloud)
    await until('answers', () => ping.lastAnswered() > 0)
    const begun = Date.now()
    await happens()
    await until('answers again', () => ping.lastAnswered() > begun + 1500)
    return (await ping.stop()).lost
  }

  test('both have tunnels, and the first one has the address of the branch', async () => {
    await until('both have tunnels', async () => {
      const states = [main, backup].map(({ serial }) =>
        world.api.call('DescribeSAGDeviceInfo', { SmartAGId: main.instance, SmartAGSn: serial }),
      )
      return (await Promise.all(states)).every(({ VpnState }) => VpnState === 'Normal')
    })
    await untilReached(main.terminal.machine, cloud)
    expect(await main.terminal.leased(() => true)).toMatchObject({ router: '172.16.1.1', server: '172.16.1.1' })
    await until('it has the address', async () => hasAddress(main.gateway))
    expect(await addressOf(backup.gateway)).not.toContain('172.16.')
    // The branch is announced by that one only.
    const ways = await sh(
      pop.machine,
      'birdc -s /run/opensag/pop/opensag-ccn-1.ctl show route 172.16.1.0/24 table master4',
    )
    expect(ways.match(/\bvia\b/g)).toHaveLength(1)
    await untilShown(main, backup)
  })

  test('the daemon of tunnels dies at the active one: the other one takes over, and gives the branch back', async () => {
    // It is worth taking over a moment after its tunnels are up.
    await until(
      'the other one could',
      async () => (await sh(backup.gateway, 'cat /run/opensag/gateway/ha.weight')) === '0\n',
    )
    const lost = await lostDuring(() =>
      sh(main.gateway, 'mount --bind /bin/false /usr/lib/ipsec/charon; pkill -KILL -x charon'),
    )
    expect(lost).toBeLessThanOrEqual(8)
    await untilShown(backup, main)
    expect(await takeovers()).toContain('sag-backup TrafficTaken')
    await sh(main.gateway, 'umount /usr/lib/ipsec/charon')
    await untilShown(main, backup)
    await until('only one has the address', async () => !(await hasAddress(backup.gateway)))
    expect(await hasAddress(main.gateway)).toBe(true)
  })

  test('keepalived of the active one is killed, and runs again before the branch misses it', async () => {
    const lost = await lostDuring(() => sh(main.gateway, 'pkill -KILL -x keepalived'))
    expect(lost).toBeLessThanOrEqual(8)
    await until(
      'one has the address',
      async () => (await hasAddress(main.gateway)) && !(await hasAddress(backup.gateway)),
    )
  })

  test('the agent of the active one dies, and the next one goes on: the address stays where it is', async () => {
    await untilShown(main, backup)
    const before = await takeovers()
    const lost = await lostDuring(async () => {
      main.program.signal('SIGKILL')
      await until('it is away', async () => (await world.api.state(main.instance, main.serial)) !== 'Normal')
      await until('it is back', async () => (await world.api.state(main.instance, main.serial)) === 'Normal')
    })
    expect(lost).toBeLessThanOrEqual(1)
    await untilShown(main, backup)
    expect(await takeovers()).toEqual(before)
  })

  test('another block: the one that is active has its address, and terminals have leases of it', async () => {
    await world.modify(main, { CidrBlock: '172.16.7.0/24' })
    await addressIn(main, '172.16.7.')
    await untilReached(main.terminal.machine, cloud)
    await until('the old one is gone', async () => !(await addressOf(main.gateway)).includes('172.16.1.'))
    expect([await hasAddress(main.gateway, '172.16.7'), await hasAddress(backup.gateway, '172.16.7')]).toEqual([
      true,
      false,
    ])
  })

  test('the active one is locked by its kernel, its agent frozen: the other one takes over, and gives the branch back when it is opened', async () => {
    await world.modify(main, { SecurityLockThreshold: '8' })
    await until('both have the threshold', async () => {
      const of = [main, backup].map(({ serial }) => ({ SmartAGId: main.instance, SmartAGSn: serial }))
      const states = await Promise.all(of.map((one) => world.api.call('DescribeSAGDeviceInfo', one)))
      return states.every(({ SynStatus }) => SynStatus === 'Synchronized')
    })
    main.program.signal('SIGSTOP')
    try {
      await until('the other one has the address', () => hasAddress(backup.gateway, '172.16.7'))
      expect(await hasAddress(main.gateway, '172.16.7')).toBe(false)
      await untilReached(main.terminal.machine, cloud)
    } finally {
      main.program.signal('SIGCONT')
    }
    await until('it is back', async () => (await world.api.state(main.instance, main.serial)) !== 'Offline')
    await until('it is opened', async () => {
      await world.api.call('UnlockSmartAccessGateway', { SmartAGId: main.instance })
      return hasAddress(main.gateway, '172.16.7')
    })
    await untilShown(main, backup)
    await untilReached(main.terminal.machine, cloud)
    await world.modify(main, { SecurityLockThreshold: '0' })
  })

  test('the active one is powered off: the other one takes over, renews leases, and is shown', async () => {
    const before = main.terminal.lease()
    const lost = await lostDuring(async () => {
      await world.bench.powerOff(main.gateway)
      await main.program.stop()
    })
    expect(lost).toBeLessThanOrEqual(5)
    await main.terminal.renew()
    await until('it has given the lease', async () =>
      (await sh(backup.gateway, 'cat /run/opensag/gateway/dnsmasq.leases 2>/dev/null || true')).includes(
        ` ${before?.address} `,
      ),
    )
    expect(main.terminal.lease()).toEqual(before)
    await until('it is shown', async () => (await takeovers()).at(-1) === 'sag-backup TrafficTaken')
    await untilShown(backup, main)
  })

  test('keepalived that cannot run does not leave its address behind, and has it again when it can', async () => {
    await sh(backup.gateway, 'mount --bind /bin/false /usr/sbin/keepalived; pkill -KILL -x keepalived')
    await until('the address is gone', async () => !(await hasAddress(backup.gateway, '172.16.7')))
    expect(await reaches(main.terminal.machine, cloud)).toBe(false)
    await sh(backup.gateway, 'umount /usr/sbin/keepalived')
    await untilReached(main.terminal.machine, cloud)
  })

  test('nothing has left in the clear, and nothing is left of one that is taken away', async () => {
    expect(leaksAmong(await capture.stop(), world.place.host)).toEqual([])
    await backup.program.stop()
    const { status, stderr } = await backup.gateway.run([process.execPath, program, 'agent', '--remove'])
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(await traceOf(backup.gateway)).toEqual(backup.untouched)
  })
})
