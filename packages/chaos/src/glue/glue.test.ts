import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildBefore, patience, runBuilt } from '../built.suite.ts'
import { seedOf } from '../random.ts'
import { withGlue } from '../with-glue.ts'
import { glueEntries } from './corpus.ts'
import type { GlueOutcome } from './run.ts'

const schedules = Number(process.env['OPENSAG_GLUE_SCHEDULES'] ?? 400)
const half = Math.ceil(schedules / 2)
/** The same in every run, so that one commit can be compared with another. */
const fixedSeed = 20261128
const freshSeed = Number(process.env['OPENSAG_CHAOS_SEED'] ?? randomInt(2 ** 31))

buildBefore()

test('the same seed gives the same schedule, to the byte of every frame', { timeout: patience }, async () => {
  const [first, second] = [await someSchedules(24), await someSchedules(24)]
  expect(second).toEqual(first)
  expect(new Set(first.map(({ trace }) => trace)).size).toBe(first.length)
})

test('the events of a schedule, run again, are the same schedule', { timeout: patience }, async () => {
  await withGlue(async ({ subject }) => {
    for (let index = 0; index < 8; index++) {
      const once = await subject.runSeed(seedOf(2, index))
      expect(await subject.runEvents(once.events)).toEqual(once)
      expect(once.events.map((event) => subject.eventOf(subject.textOf(event)))).toEqual(once.events)
    }
  })
})

test(
  'a third of the calls is accepted: faults that never let anything happen would prove nothing',
  async () => {
    const answers = (await someSchedules(60)).flatMap(({ calls }) => calls)
    const accepted = answers.filter((answer) => answer === 'accepted')
    expect(accepted.length / answers.length).toBeGreaterThan(0.3)
  },
  patience,
)

test(`${half} schedules keep every promise`, { timeout: patience }, async () => {
  expect((await runBuilt('glue', fixedSeed, half)).failure).toBeUndefined()
})

test(`so do ${half} of a fresh seed (${freshSeed})`, { timeout: patience }, async () => {
  const { failure } = await runBuilt('glue', freshSeed, half)
  expect(failure, `opensag simulate --chaos --replay glue:${failure?.seed}`).toBeUndefined()
})

test.each(glueEntries)('%s: replayed, every promise is kept', { timeout: patience }, async (name) => {
  await withGlue(async ({ subject, corpus }) => {
    const entry = corpus.find((one) => one.name === name)
    const outcome = await subject.runEvents(entry?.events ?? [])
    expect(outcome.violation).toBeUndefined()
    expect(outcome.events.map(subject.textOf)).toEqual(entry?.events.map(subject.textOf))
  })
})

function someSchedules(count: number): Promise<readonly GlueOutcome[]> {
  return withGlue(async ({ subject }) => {
    const outcomes: GlueOutcome[] = []
    for (let index = 0; index < count; index++) outcomes.push(await subject.runSeed(seedOf(1, index)))
    return outcomes
  })
}
