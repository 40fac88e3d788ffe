import { createManualTime, type FromGateway, type MonitorConfig, type WireConfig } from '@opensag/protocol'
import { expect, test } from 'vitest'
import type { TaskOutcome } from '../probes/prober.ts'
import { openMeasuring } from './measuring.ts'

const [one, two] = ['203.0.113.1', '203.0.113.2'] as const
const config: WireConfig = {
  cidrs: [],
  routingStrategy: 'static',
  securityLockThreshold: 0,
  snat: [],
  probeAddresses: [],
}

function open(
  outcome: (to: string, times: number) => TaskOutcome = () => ({ is: 'answered', afterMs: 5 }),
  problem = (error: unknown): void => {
    throw error
  },
) {
  const time = createManualTime()
  const sent: FromGateway[] = []
  const asked = new Map<string, number>()
  let monitor: MonitorConfig | undefined
  let configured = (): void => {}
  const pop = { serial: 'pop1', identity: 'x', endpoint: one, address: '198.18.255.1', vni: 7 }
  const network = { pops: [pop] } as unknown as NonNullable<WireConfig['network']>
  const measuring = openMeasuring({
    prober: {
      async probe({ to }) {
        const times = (asked.get(to) ?? 0) + 1
        asked.set(to, times)
        return outcome(to, times)
      },
    },
    serverUrl: 'ws://127.0.0.1/channel',
    desiredConfig: {
      status: () => ({ applied: { instanceId: 'sag-1', revision: 7 } }),
      inForce: () => ({
        instanceId: 'sag-1',
        revision: 1,
        config: { ...config, network, ...(monitor && { monitor }) },
      }),
      onTell(listener) {
        configured = listener
      },
    },
    timers: time.timers,
    wallClock: () => 1_000,
    problem,
  })
  return {
    measuring,
    sent,
    asked,
    online: (...can: readonly ('monitor' | 'diagnosis' | 'qos')[]) =>
      measuring.online({ send: (one) => void sent.push(one) }, can),
    configure(next: MonitorConfig | undefined) {
      monitor = next
      configured()
    },
    async pass(milliseconds: number) {
      for (let passed = 0; passed <= milliseconds; passed += 100) {
        for (let turn = 0; turn < 20; turn++) await Promise.resolve()
        if (passed < milliseconds) time.advance(100)
      }
    },
  }
}

test('ten echo requests to each point say how many were lost and how long the others took on average', async () => {
  const world = open((to, times) => {
    if (to === two) return { is: 'unsent' }
    return times % 5 === 0 ? { is: 'lost' } : { is: 'answered', afterMs: times }
  })
  world.online('monitor')
  world.measuring.asked({ kind: 'measure', addresses: [one, two, one] })
  await world.pass(3_000)
  expect(world.sent).toEqual([
    {
      kind: 'measured',
      points: [
        { address: one, at: 1_000, sent: 10, answered: 8, ms: 5 },
        { address: two, at: 1_000, sent: 0, answered: 0 },
      ],
    },
  ])
})

test('a probe that cannot be made at all is a problem that is told once, and ends nothing', async () => {
  const problems: unknown[] = []
  const world = open(
    (_, times) => {
      if (times === 1) throw new Error('There is no socket.')
      return { is: 'answered', afterMs: 5 }
    },
    (error) => void problems.push(error),
  )
  const unhandled: unknown[] = []
  const note = (error: unknown): void => void unhandled.push(error)
  process.on('unhandledRejection', note)
  world.online('monitor')
  world.measuring.asked({ kind: 'measure', addresses: [one] })
  await world.pass(1_000)
  // Node tells of those that nobody has handled after the microtasks.
  await new Promise((resolve) => setImmediate(resolve))
  await world.pass(2_000)
  process.off('unhandledRejection', note)
  expect([problems, unhandled, world.sent]).toEqual([[new Error('There is no socket.')], [], []])
})

test('a server that does not know the message is told nothing, nor is anybody when the connection has ended', async () => {
  const world = open()
  world.online('qos')
  world.measuring.asked({ kind: 'measure', addresses: [one] })
  await world.pass(3_000)
  world.online('monitor')
  world.measuring.asked({ kind: 'measure', addresses: [one] })
  world.measuring.offline()
  await world.pass(3_000)
  expect(world.sent).toEqual([])
})

test.each([
  ['measure', { kind: 'measure', addresses: [one] }, 'monitor'],
  ['diagnose', { kind: 'diagnose', id: 'dia-one', addresses: [one] }, 'diagnosis'],
] as const)(
  '%s: the server of the next connection, which does not know the answer, is not told it',
  async (_, question, can) => {
    const world = open()
    world.online(can)
    world.measuring.asked(question)
    await world.pass(1_000)
    world.measuring.offline()
    world.online('qos')
    await world.pass(3_000)
    expect(world.sent).toEqual([])
  },
)

test('nothing is sent for a diagnosis whose findings the server does not know', async () => {
  const world = open()
  world.online('monitor')
  world.measuring.asked({ kind: 'diagnose', id: 'dia-one', addresses: [one] })
  await world.pass(3_000)
  expect([world.sent, world.asked.size]).toEqual([[], 0])
})

test('with advanced monitoring its own points are measured again and again, until that is off', async () => {
  const world = open()
  const told = () =>
    world.sent.flatMap((one) => (one.kind === 'measured' ? one.points.map(({ address }) => address) : []))
  world.online('monitor')
  await world.pass(70_000)
  expect(told()).toEqual([])
  world.configure({ countersMs: 5_000, qualityMs: 60_000 })
  await world.pass(63_000)
  expect(told()).toEqual([one, one])
  world.configure(undefined)
  await world.pass(120_000)
  expect(told()).toHaveLength(2)
})

test('a diagnosis tells what was looked at, and has the name that was asked for last', async () => {
  const world = open((to) => (to === two ? { is: 'lost' } : { is: 'answered', afterMs: 5 }))
  world.online('diagnosis')
  world.measuring.asked({ kind: 'diagnose', id: 'dia-one', addresses: [one, two] })
  world.measuring.asked({ kind: 'diagnose', id: 'dia-two', addresses: [one, two] })
  await world.pass(3_000)
  expect(world.sent).toEqual([
    {
      ...{ kind: 'diagnosed', id: 'dia-two', startedAt: 1_000, endedAt: 1_000 },
      findings: [
        { check: 'configuration', outcome: 'ok', values: ['7'] },
        { check: 'nameServer', outcome: 'notNeeded', values: ['127.0.0.1'] },
        { check: 'accessPoints', outcome: 'silent', values: [two] },
      ].map((found) => ({ ...found, startedAt: 1_000, endedAt: 1_000 })),
    },
  ])
})
