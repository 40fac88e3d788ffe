import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Machine } from '../linux/box.ts'
import { until } from '../support/time.ts'
import { type Bench, openBench, type Segment, sh } from './bench.ts'
import { startCapture } from './capture.ts'
import { whatNetworksNeed } from './lack.ts'
import { leaksAmong } from './leaks.ts'
import { answered, reaches, startPing, untilCutOff, untilReached } from './ping.ts'
import { addTerminal, type Terminal } from './terminal.ts'

const lack = whatNetworksNeed()
const server = '198.51.100.1'

/** A router made by hand: it proves the bench, of which the tests of networks believe what they see. */
describe.skipIf(lack !== undefined)(`the bench of the network${lack ? ` (${lack})` : ''}`, () => {
  let bench: Bench
  let router: Machine
  let other: Machine
  let lan: Segment
  let terminal: Terminal
  let address: string
  let otherAddress: string

  async function serveDhcp(network: string): Promise<void> {
    writeFileSync(
      router.path('/run/dnsmasq.conf'),
      `port=0\ninterface=lan\nbind-interfaces\ndhcp-authoritative\nno-ping\ndhcp-leasefile=/run/leases
dhcp-range=${network}.10,${network}.200,255.255.255.0,120\ndhcp-option=option:router,${network}.1\npid-file=/run/dnsmasq.pid\n`,
    )
    await sh(
      router,
      `pkill -x dnsmasq && while pgrep -x dnsmasq >/dev/null; do sleep 0.01; done || true
       ip addr flush dev lan; ip addr add ${network}.1/24 dev lan; dnsmasq -C /run/dnsmasq.conf`,
    )
  }

  beforeAll(async () => {
    bench = await openBench()
    ;[router, other, lan] = await Promise.all([bench.machine(), bench.machine(), bench.segment()])
    ;[address, otherAddress] = [await bench.plugIntoInternet(router), await bench.plugIntoInternet(other)]
    await bench.plug(router, 'lan', lan)
    await sh(router, 'sysctl -qw net.ipv4.ip_forward=1')
    await serveDhcp('172.16.1')
    terminal = await addTerminal(bench, lan)
  })

  afterAll(async () => bench?.close())

  test('a terminal gets a lease, reaches its router, and whoever has a way back to it', async () => {
    const lease = await terminal.leased(() => true)
    expect(lease).toMatchObject({ prefix: 24, router: '172.16.1.1', server: '172.16.1.1', seconds: 120 })
    expect(lease.address).toMatch(/^172\.16\.1\.\d+$/)
    await untilReached(terminal.machine, '172.16.1.1')
    expect(await answered(terminal.machine, otherAddress, 3)).toBe(0)
    await sh(other, `ip route add 172.16.1.0/24 via ${address}`)
    expect(await answered(terminal.machine, otherAddress, 3)).toBe(3)
  })

  test('an answer that is later than those before it counts too', async () => {
    await sh(other, 'ip link set lo mtu 300; tc qdisc add dev lo root tbf rate 2kbit burst 860 limit 10000')
    try {
      expect(await answered(other, '127.0.0.1', 5)).toBe(5)
    } finally {
      await sh(other, 'tc qdisc del dev lo root; ip link set lo mtu 65536')
    }
  })

  test('what leaves in the clear is found on the wire, and what is due is not', async () => {
    const capture = await startCapture(bench.internet, 'inet')
    await reaches(terminal.machine, otherAddress)
    await sh(router, `ping -n -q -c 1 ${otherAddress}`)
    const packets = await capture.stop()
    const leaks = leaksAmong(packets, server)
    expect(leaks.filter((leak) => / 172\.16\.1\.\d+:0 > 203/.test(leak))).toHaveLength(1)
    expect(leaks.filter((leak) => / > 172\.16\.1\.\d+:0/.test(leak))).toHaveLength(1)
    expect(leaks).toHaveLength(2)
    expect(packets.filter(({ protocol }) => protocol === 1)).toHaveLength(4)
  })

  test('the payload of a ping is found between addresses of the internet too', async () => {
    const capture = await startCapture(bench.internet, 'inet')
    await reaches(router, otherAddress)
    expect(leaksAmong(await capture.stop(), server)).toHaveLength(2)
  })

  test('a renewal after a change of the network ends in a lease of the new one', async () => {
    await serveDhcp('172.16.2')
    await terminal.renew()
    expect(await terminal.leased(({ router }) => router === '172.16.2.1')).toMatchObject({ server: '172.16.2.1' })
    await serveDhcp('172.16.3')
    await terminal.replug()
    await terminal.leased(({ router }) => router === '172.16.3.1')
    await untilReached(terminal.machine, '172.16.3.1')
  })

  test('machines reach this host through the internet, and it sees the address of the router of the internet', async () => {
    const { hostAddress } = bench.internet
    expect(await answered(other, hostAddress)).toBe(1)
    const capture = await startCapture(bench.internet, 'wan')
    await answered(other, hostAddress)
    const sources = new Set((await capture.stop()).filter(({ protocol }) => protocol === 1).map(({ source }) => source))
    expect(sources).toEqual(new Set([bench.internet.address, hostAddress]))
  })

  test('a machine whose power is cut answers nobody from that instant', async () => {
    const running = startPing(router, otherAddress)
    await until('pings', async () => (await answered(router, otherAddress)) === 1)
    expect((await running.stop()).lost).toBe(0)
    await bench.powerOff(other)
    expect(await answered(router, otherAddress, 3)).toBe(0)
    await untilCutOff(router, otherAddress)
  })
})
