import { createManualTime, type WireHealthCheck } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createHealthChecks, type HealthChecks } from './health-checks.ts'
import { type Echo, type EchoOutcome, noProber } from './prober.ts'

const check: WireHealthCheck = {
  ...{ id: 'hc-1', generation: 1, from: '10.0.0.1', to: '10.0.1.1', intervalMs: 2_000, count: 1, timeoutMs: 1_000 },
  ...{ failures: 2, slowAnswers: 2 },
}

interface World {
  readonly checks: HealthChecks
  readonly time: ReturnType<typeof createManualTime>
  /** When each probe was sent, and where to. */
  readonly sent: { readonly at: number; readonly to: string }[]
  changes(): number
  answers: (echo: Echo) => Promise<EchoOutcome>
  pass(milliseconds: number): Promise<void>
}

function open(): World {
  const time = createManualTime()
  const began = time.timers.now()
  const sent: { at: number; to: string }[] = []
  let changes = 0
  const world: World = {
    time,
    sent,
    changes: () => changes,
    answers: async () => ({ is: 'answered', afterMs: 1 }),
    checks: createHealthChecks({
      prober: {
        ...noProber,
        echo(echo) {
          sent.push({ at: time.timers.now() - began, to: echo.to })
          return world.answers(echo)
        },
      },
      timers: time.timers,
      wallClock: time.wallClock,
      problem: () => undefined,
    }),
    async pass(milliseconds) {
      for (let passed = 0; passed < milliseconds; passed += 50) {
        await settled()
        time.advance(50)
      }
      await settled()
    },
  }
  world.checks.onChange(() => {
    changes += 1
  })
  return world
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

const statuses = ({ checks }: World) => checks.report().map(({ status }) => status)

test('a check is probed by its interval, and each turn of it is told once', async () => {
  const world = open()
  world.checks.set([check])
  expect(statuses(world)).toEqual(['unknown'])
  await world.pass(4_000)
  expect(world.sent.map(({ at }) => at)).toEqual([0, 2_000, 4_000])
  expect([statuses(world), world.changes()]).toEqual([['success'], 2])
  world.answers = async () => ({ is: 'lost' })
  await world.pass(4_000)
  expect([statuses(world), world.changes()]).toEqual([['failed'], 3])
  world.answers = async () => ({ is: 'answered', afterMs: 1 })
  await world.pass(2_000)
  expect([statuses(world), world.changes()]).toEqual([['success'], 4])
})

test('a round that takes longer than the interval is over before the next begins', async () => {
  const world = open()
  world.answers = () => new Promise((resolve) => void world.time.timers.after(3_000, () => resolve({ is: 'lost' })))
  world.checks.set([{ ...check, intervalMs: 1_000 }])
  await world.pass(6_500)
  expect(world.sent.map(({ at }) => at)).toEqual([0, 3_050, 6_100])
})

test('however many checks there are, probes begin 50 ms apart', async () => {
  const world = open()
  const many = Array.from({ length: 3 }, (_, index) => ({ ...check, id: `hc-${index}`, count: 2 }))
  world.checks.set(many)
  await world.pass(1_000)
  expect(world.sent.map(({ at }) => at)).toEqual([0, 50, 100, 150, 200, 250])
})

test('what is the same goes on as it was; what is changed begins anew; what is gone is probed no more', async () => {
  const world = open()
  const other = { ...check, id: 'hc-2', to: '10.0.2.2' }
  world.checks.set([check, other])
  await world.pass(1_000)
  world.checks.set([check, { ...other, generation: 2 }])
  expect(world.checks.report()).toMatchObject([{ status: 'success' }, { id: 'hc-2', generation: 2, status: 'unknown' }])
  world.checks.set([check])
  await world.pass(4_000)
  expect(world.sent.slice(3).map(({ to }) => to)).not.toContain('10.0.2.2')
  world.checks.close()
  const before = world.sent.length
  await world.pass(4_000)
  expect(world.sent.length).toBe(before)
})
