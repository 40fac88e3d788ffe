import {
  createManualTime,
  type FromGateway,
  type HeartbeatCount,
  type MonitorConfig,
  type NetworkReport,
  type WireConfig,
} from '@opensag/protocol'
import { expect, test } from 'vitest'
import { until } from '../../../test/support/time.ts'
import { createNetworkReporting } from './connection-network-report.ts'

function report(leases: number): NetworkReport {
  return { tunnels: [], learnt: [], leases, traffic: { received: 0, sent: 0 } }
}

const config: WireConfig = {
  cidrs: [],
  routingStrategy: 'static',
  securityLockThreshold: 0,
  snat: [],
  probeAddresses: [],
}

function createWorld() {
  const time = createManualTime()
  const sent: number[] = []
  const problems: unknown[] = []
  let read = async (): Promise<NetworkReport> => report(0)
  let changed = (): void => {}
  let configured = (): void => {}
  let monitor: MonitorConfig | undefined
  const reporting = createNetworkReporting({
    state: {
      read: () => read(),
      onChange(listener) {
        changed = listener
      },
    },
    desiredConfig: {
      inForce: () => ({ instanceId: 'sag-1', revision: 1, config: { ...config, ...(monitor && { monitor }) } }),
      onTell(listener) {
        configured = listener
      },
    },
    timers: time.timers,
    problem: (error) => void problems.push(error),
  })
  const send = (message: FromGateway): void => void (message.kind === 'network' && sent.push(message.network.leases))
  return {
    time,
    sent,
    problems,
    reporting,
    link: { send },
    change: () => changed(),
    configure(next: MonitorConfig | undefined) {
      monitor = next
      configured()
    },
    reads(next: () => Promise<NetworkReport>) {
      read = next
    },
    told: (...leases: readonly number[]) => until('it is told', () => sent.join() === leases.join()),
  }
}

test('it is told when there is a connection, and again each minute', async () => {
  const world = createWorld()
  world.reporting.online(world.link)
  await world.told(0)
  world.reads(async () => report(1))
  world.time.advance(59_000)
  expect(world.sent).toEqual([0])
  world.time.advance(1000)
  await world.told(0, 1)
})

test('with advanced monitoring it is told as often as that says, from the moment it is on and until it is off', async () => {
  const world = createWorld()
  world.reporting.online(world.link)
  await world.told(0)
  world.time.advance(30_000)
  world.configure({ countersMs: 5_000, qualityMs: 60_000 })
  world.time.advance(1)
  await world.told(0, 0)
  world.time.advance(5_000)
  await world.told(0, 0, 0)
  world.configure(undefined)
  world.time.advance(1_000)
  await world.told(0, 0, 0, 0)
  world.time.advance(59_000)
  expect(world.sent).toHaveLength(4)
})

test('a change is told at once, and of many that come fast the last', async () => {
  const world = createWorld()
  world.reporting.online(world.link)
  await world.told(0)
  for (let leases = 1; leases <= 100; leases++) {
    world.reads(async () => report(leases))
    world.change()
  }
  world.time.advance(1000)
  await world.told(0, 100)
  world.time.advance(30_000)
  world.reads(async () => report(101))
  world.change()
  world.time.advance(0)
  await world.told(0, 100, 101)
})

test('a change that happens while it is read is told too', async () => {
  const world = createWorld()
  let done = (_: NetworkReport): void => {}
  world.reads(
    () =>
      new Promise((resolve) => {
        done = resolve
      }),
  )
  world.reporting.online(world.link)
  world.change()
  world.reads(async () => report(2))
  done(report(1))
  await world.told(1)
  world.time.advance(1000)
  await world.told(1, 2)
})

test('without a connection nothing is told, and what could not be read is tried again', async () => {
  const world = createWorld()
  world.change()
  world.time.advance(120_000)
  world.reads(() => Promise.reject(new Error('No.')))
  world.reporting.online(world.link)
  await until('that is heard of', () => world.problems.length === 1)
  world.reads(async () => report(3))
  world.time.advance(60_000)
  await world.told(3)
  world.reporting.offline()
  world.change()
  world.time.advance(120_000)
  expect(world.sent).toEqual([3])
  expect(world.time.pending()).toBe(0)
})

test('heartbeats are told with the rest, once they are counted', async () => {
  const world = createWorld()
  const told: unknown[] = []
  let counted: HeartbeatCount | undefined
  const link = { send: (message: FromGateway) => void (message.kind === 'network' && told.push(message.network)) }
  world.reporting.online(link, { counted: () => counted })
  await until('the first is told', () => told.length === 1)
  expect(told[0]).toEqual(report(0))
  counted = { sent: 3, lost: 1, ms: 42 }
  world.time.advance(60_000)
  await until('the next is told', () => told.length === 2)
  expect(told[1]).toEqual({ ...report(0), heartbeats: counted })
})
