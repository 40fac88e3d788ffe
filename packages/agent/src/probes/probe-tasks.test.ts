import { createManualTime, type WireProbeTask } from '@opensag/protocol'
import { expect, test } from 'vitest'
import { createProbeTasks } from './probe-tasks.ts'
import { noProber, type TaskOutcome } from './prober.ts'

const task: WireProbeTask = { id: 'probe-1', generation: 1, protocol: 'tcp', to: 'db.example.com', port: 80, count: 3 }

function open(outcomes: readonly TaskOutcome[]) {
  const time = createManualTime()
  const began = time.timers.now()
  const sent: number[] = []
  const tasks = createProbeTasks({
    prober: {
      ...noProber,
      async probe() {
        sent.push(time.timers.now() - began)
        return outcomes[(sent.length - 1) % outcomes.length] ?? { is: 'lost' }
      },
    },
    timers: time.timers,
    wallClock: time.wallClock,
    problem: () => undefined,
  })
  async function pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed <= milliseconds; passed += 500) {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
      if (passed < milliseconds) time.advance(500)
    }
  }
  return { tasks, sent, pass }
}

test('a task is probed every minute, a second between its probes, and a round is told as one result', async () => {
  const { tasks, sent, pass } = open([{ is: 'answered', afterMs: 1 }, { is: 'lost' }, { is: 'answered', afterMs: 4 }])
  let changes = 0
  tasks.onChange(() => {
    changes += 1
  })
  tasks.set([task])
  await pass(1_500)
  expect([tasks.results(), changes]).toEqual([[], 0])
  await pass(60_000)
  expect(sent.map((at) => Math.round(at / 1_000))).toEqual([0, 1, 2, 60, 61])
  expect(tasks.results()).toMatchObject([
    { id: 'probe-1', generation: 1, sent: 3, answered: 2, ms: { min: 1, average: 2.5, max: 4 } },
  ])
  expect(changes).toBe(1)
  tasks.close()
  await pass(120_000)
  expect(sent.length).toBe(5)
})

test.each(['unsent', 'unresolved'] as const)(
  'a round in which the first probe is %s ends with it, and says so',
  async (is) => {
    const { tasks, sent, pass } = open([{ is }])
    tasks.set([task])
    await pass(10_000)
    expect(sent).toEqual([0])
    expect(tasks.results()).toMatchObject([{ sent: 0, answered: 0, problem: is }])
  },
)

test('a task that was changed begins anew without what was found before; one that is gone has no result', async () => {
  const { tasks, sent, pass } = open([{ is: 'lost' }])
  tasks.set([{ ...task, count: 1 }])
  await pass(1_000)
  expect(tasks.results()).toMatchObject([{ sent: 1, answered: 0 }])
  tasks.set([{ ...task, count: 1, generation: 2 }])
  expect(tasks.results()).toEqual([])
  await pass(1_000)
  expect(tasks.results()).toMatchObject([{ generation: 2 }])
  tasks.set([])
  await pass(120_000)
  expect([tasks.results(), sent.length]).toEqual([[], 2])
})
