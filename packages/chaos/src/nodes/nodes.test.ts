import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { buildBefore, patience, runBuilt } from '../built.suite.ts'
import type { GlueOutcome } from '../glue/run.ts'
import { seedOf } from '../random.ts'
import { inScratchFolder } from '../scratch-folder.ts'
import { nodesCorpus } from './corpus.ts'
import { createNodesSubject } from './run.ts'

const schedules = Number(process.env['OPENSAG_NODES_SCHEDULES'] ?? 200)
const half = Math.ceil(schedules / 2)
/** The same in every run, so that one commit can be compared with another. */
const fixedSeed = 20261128
const freshSeed = Number(process.env['OPENSAG_CHAOS_SEED'] ?? randomInt(2 ** 31))

buildBefore()

test('the same seed gives the same schedule of several nodes, to the byte of every frame', {
  timeout: patience,
}, async () => {
  const [first, second] = [await someSchedules(12), await someSchedules(12)]
  expect(second).toEqual(first)
  expect(new Set(first.map(({ trace }) => trace)).size).toBe(first.length)
})

test('a sixth of the calls is accepted, whatever fails between the nodes', { timeout: patience }, async () => {
  const answers = (await someSchedules(40)).flatMap(({ calls }) => calls)
  const accepted = answers.filter((answer) => answer === 'accepted')
  expect(accepted.length / answers.length).toBeGreaterThan(1 / 6)
})

test(`${half} schedules of several nodes keep every promise`, { timeout: patience }, async () => {
  expect((await runBuilt('nodes', fixedSeed, half)).failure).toBeUndefined()
})

test(`so do ${half} of a fresh seed (${freshSeed})`, { timeout: patience }, async () => {
  const { failure } = await runBuilt('nodes', freshSeed, half)
  expect(failure, `opensag simulate --chaos --replay nodes:${failure?.seed}`).toBeUndefined()
})

test.each(nodesCorpus)(
  '$name: replayed, every promise is kept, and every event happens',
  {
    timeout: patience,
  },
  async ({ events }) => {
    await inScratchFolder(async (folder) => {
      const subject = createNodesSubject(folder)
      const outcome = await subject.runEvents(events.map(subject.eventOf))
      expect(outcome.violation).toBeUndefined()
      expect(outcome.events.map(subject.textOf)).toEqual(events)
    })
  },
)

function someSchedules(count: number): Promise<readonly GlueOutcome[]> {
  return inScratchFolder(async (folder) => {
    const subject = createNodesSubject(folder)
    const outcomes: GlueOutcome[] = []
    for (let index = 0; index < count; index++) outcomes.push(await subject.runSeed(seedOf(1, index)))
    return outcomes
  })
}
