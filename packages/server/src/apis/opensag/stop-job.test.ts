import { expect, test } from 'vitest'
import { jobStates } from '../../model/job.ts'
import { otherAccountId, testOperation } from '../testing/harness.suite.ts'
import { addJob } from '../testing/jobs.suite.ts'
import { describeJob } from './describe-job.ts'
import { stopJob as operation } from './stop-job.ts'

testOperation(operation, (world) => {
  test('a job that has not ended is about to end', async () => {
    for (const [index, state] of (['Waiting', 'Running', 'Paused'] as const).entries()) {
      const JobId = await addJob(world(), [], { id: `job-${String(index).repeat(18)}` })
      await world().store.write((tx) => tx.updateTable('job').set({ state }).where('id', '=', JobId).execute())
      expect(await world().call(operation, { JobId })).toEqual({})
      expect(await world().call(describeJob, { JobId })).toMatchObject({ Ending: 'Stopped' })
    }
  })

  test('IncorrectStatus.Job: in any other state, and when it is about to end', async () => {
    const JobId = await addJob(world(), [])
    for (const state of jobStates) {
      const ending = ['Waiting', 'Running', 'Paused'].includes(state) ? 'Failed' : null
      await world().store.write((tx) => tx.updateTable('job').set({ state, ending }).execute())
      expect(await world().refused(operation, { JobId })).toBe('IncorrectStatus.Job')
    }
  })

  test('InvalidJobId.NotFound: of nobody, or of another account', async () => {
    const foreign = await addJob(world(), [], { account_id: otherAccountId })
    for (const JobId of ['job-zzzzzzzzzzzzzzzzzz', foreign]) {
      expect(await world().refused(operation, { JobId })).toBe('InvalidJobId.NotFound')
    }
  })
})
