import { expect, test } from 'vitest'
import { systemTime } from '../store-time.ts'
import { createMarks } from './commit-mark.ts'
import { linkThat } from './fake-link.suite.ts'
import { createGroup, type Job, notRun } from './group.ts'
import { createIdleWatch } from './idle-watch.ts'

/** Runs one work, whose caller is told in its midst that it is not done when `isLate`; answers what was sent. */
async function sentFor(isLate: boolean): Promise<{ sent: readonly string[]; failure: unknown }> {
  const sent: string[] = []
  const lock = 'select lock'
  const watch = createIdleWatch(1000, systemTime)
  const group = createGroup({
    lock,
    marks: createMarks('one', lock),
    watch,
    unfinishedMs: 1000,
    groupMs: 1000,
    time: systemTime,
    onEvent: () => {},
  })
  const job: Job = {
    work: async () => {
      job.late = isLate
    },
    audit: undefined,
    keepsTo: undefined,
    resolve: () => {},
    reject: () => {},
    late: false,
    committing: false,
    stopWaiting: () => {},
  }
  const link = linkThat((text) => void sent.push(text))
  const failure = await group
    .run(link, [{ job, outcome: notRun }], () => undefined, false)
    .then(
      () => undefined,
      (error: unknown) => error,
    )
  watch.close()
  return { sent, failure }
}

test('a work whose caller was told meanwhile that it is not done is rolled back', async () => {
  const { sent, failure } = await sentFor(true)
  expect(sent).not.toContain('commit')
  expect(sent.at(-1)).toBe('rollback')
  expect(failure).toBeInstanceOf(Error)
})

test('one whose caller still waits is committed with its mark', async () => {
  const { sent, failure } = await sentFor(false)
  expect(failure).toBeUndefined()
  expect(sent.filter((text) => text === 'commit' || text.includes('commit_mark'))).toHaveLength(2)
})
