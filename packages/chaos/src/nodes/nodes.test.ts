import { expect, test } from 'vitest'
import { limit } from '../../../../test/support/time.ts'
import type { GlueOutcome } from '../glue/run.ts'
import { seedOf } from '../random.ts'
import { inScratchFolder } from '../scratch-folder.ts'
import { nodesCorpus } from './corpus.ts'
import { createNodesSubject } from './run.ts'

const patience = limit(60 * 60_000)

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

test.each(nodesCorpus)(
  '$name: replayed, a node acts for a gateway that another one has',
  {
    timeout: patience,
  },
  async ({ events }) => {
    await inScratchFolder(async (folder) => {
      const subject = createNodesSubject(folder)
      const { violation } = await subject.runEvents(events.map(subject.eventOf))
      expect(violation?.promise).toBe('S7')
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
