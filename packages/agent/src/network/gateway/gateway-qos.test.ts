import type { QosConfig } from '@opensag/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { limit, until } from '../../../../../test/support/time.ts'
import {
  cloud,
  configOf,
  network,
  openWorld,
  reaches,
  type TestWorld,
  whatNetworksNeed,
} from './testing/world.suite.ts'

const lack = await whatNetworksNeed()

const ports = [5001, 5002] as const
const terminal = '172.16.1.10'

/** Bytes of both together that count, and those before them: until each connection goes as fast as it may. */
const counted = 1_000_000
const before = 500_000

/** Says how much came to each port of what counts. */
const sink = `
const got = [0, 0]; let all = 0, from
;[${ports}].forEach((port, index) => require('net').createServer((socket) => socket.on('data', ({ length }) => {
  got[index] += length; all += length
  if (from === undefined && all >= ${before} && got.every(Boolean)) from = [...got], all = 0
  if (from !== undefined && all >= ${counted}) { console.log(got.map((bytes, at) => bytes - from[at]).join()); process.exit() }
})).listen(port))`

/** Sends to both ports as much as it can, again when nobody listens yet, until it may no longer. */
const source = `
let over = 0
const send = (port, begun = false) => {
  const socket = require('net').connect(port, '${cloud}', () => { begun = true; fill() })
  const fill = () => { while (socket.write(Buffer.alloc(16384))); }
  socket.on('drain', fill).on('error', () => {})
  socket.on('close', () => { if (!begun) setTimeout(send, 20, port); else if (++over === 2) process.exit() })
}
;[${ports}].forEach((port) => send(port))`

const rule = { from: '0.0.0.0/0', to: '0.0.0.0/0' } as const
const toPort = (index: 0 | 1, priority: number, more: object = {}): QosConfig['rules'][number] => {
  const port = { from: ports[index], to: ports[index] }
  return { ...rule, ...more, priority, protocol: 'tcp', toPorts: port }
}
const mbit = (priority: number, min: number, max: number) => ({ priority, unit: 'mbit', min, max }) as const

describe.skipIf(lack !== undefined)(`QoS of a gateway${lack ? ` (${lack})` : ''}`, () => {
  let world: TestWorld

  beforeAll(async () => {
    world = await openWorld()
    await world.start()
    await world.terminal.ip([`address add ${terminal}/24 dev eth0`, 'route add default via 172.16.1.1'])
    await world.apply(configOf())
    await world.network().forwarding.open(undefined)
    await until('reached', () => reaches(world.terminal, cloud, terminal))
  }, limit(60_000))

  afterAll(async () => {
    await world?.close()
  }, limit(60_000))

  /** Of two connections that send at once as much as they can: how much more comes of the first. */
  async function ratio(qos: QosConfig | undefined, bandwidth = network.bandwidth): Promise<number> {
    await world.apply(configOf({ qos, network: { ...network, bandwidth } }))
    const [said] = await Promise.all([
      world.pops[0].run(['node', '-e', sink]),
      world.terminal.run(['node', '-e', source]),
    ])
    const [first = 0, second = 0] = said.trim().split(',').map(Number)
    return first / second
  }

  test(
    'a rate halves with the maximum of its class, in numbers and in shares of the bandwidth',
    async () => {
      const rules = [toPort(0, 1), toPort(1, 2)]
      const alike = await ratio({ classes: [mbit(1, 1, 4), mbit(2, 1, 4)], rules })
      const half = await ratio({ classes: [mbit(1, 1, 2), { ...mbit(2, 10, 40), unit: 'percent' }], rules })
      expect(half / alike).toBeGreaterThan(0.35)
      expect(half / alike).toBeLessThan(0.7)
    },
    limit(60_000),
  )

  test(
    'a class has its minimum beside what has none, and only what matches a rule while its time is',
    async () => {
      const now = Math.floor(Date.now() / 1000)
      const classes = [mbit(1, 7, 8)]
      const [over, during] = [{ until: now - 3600 }, { since: now - 3600, until: now + 3600 }]
      const first = await ratio({ classes, rules: [toPort(0, 1, during), toPort(1, 1, over)] })
      const second = await ratio({ classes, rules: [toPort(0, 1, over), toPort(1, 1, during)] })
      expect(first / second).toBeGreaterThan(3)
    },
    limit(60_000),
  )

  test(
    'a rate halves with what the link may send, which is the lower one of bandwidth and limit of the WAN',
    async () => {
      // One has 1 Mbit/s of it, the other one the rest: 4 at first, 2 then. More than that is too much for a busy machine.
      const qos = { classes: [mbit(1, 1, 1)], rules: [toPort(0, 1)] }
      const whole = await ratio(qos, 5)
      const limited = await ratio(qos, 3)
      // Twice as much, as a busy machine can measure it; alike would be 1.
      expect(limited / whole).toBeGreaterThan(1.25)
      expect(limited / whole).toBeLessThan(2.9)
    },
    limit(60_000),
  )

  test('packets that the link has no room for are told as dropped, the others are not', async () => {
    await world.apply(configOf({ network: { ...network, bandwidth: 1 } }))
    const counted = async () => (await world.network().state.read()).traffic
    const before = await counted()
    const burst = `
      const socket = require('dgram').createSocket('udp4'), send = (left) =>
        left === 0 ? socket.close() : socket.send(Buffer.alloc(1000), 5003, '${cloud}', () => send(left - 1))
      send(600)`
    await world.terminal.run(['node', '-e', burst])
    const { packets = 0, dropped = 0 } = await counted()
    expect(packets - (before.packets ?? 0)).toBeGreaterThan(400)
    expect(dropped - (before.dropped ?? 0)).toBeGreaterThan(100)
    expect(dropped - (before.dropped ?? 0)).toBeLessThan(600)
  })

  test('classes come and go while the queues of the others stay', async () => {
    const shown = async () => {
      const lines = (await world.gateway.run(['tc', 'class', 'show', 'dev', 'ccn0'])).trim().split('\n')
      return lines.filter((line) => line.includes(' 1:3')).sort()
    }
    const qos = { classes: [mbit(1, 1, 4), mbit(3, 1, 4)], rules: [toPort(0, 1)] }
    await world.apply(configOf({ qos }))
    expect(await shown()).toMatchObject([expect.stringContaining('prio 1'), expect.stringContaining('prio 3')])
    await world.apply(configOf({ qos: { ...qos, classes: [mbit(3, 2, 40)] } }))
    expect(await shown()).toMatchObject([expect.stringMatching(/1:33 .* prio 3 rate 2Mbit ceil 10Mbit/)])
    await world.apply(configOf())
    expect(await shown()).toEqual([])
  })
})
