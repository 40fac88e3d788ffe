import { operation } from '../operation.ts'
import { changeErrors, changeJob, jobChange, jobId, ofJob } from './job-params.ts'

export const resumeJob = operation({
  name: 'ResumeJob',
  family: 'opensag',
  about: {
    en: 'Go on with a job that was paused.',
    zh: '继续已暂停的任务。',
  },
  source: 'OpenSAG 2026-12-01, ResumeJob',
  access: { action: 'opensag:ResumeJob', resource: ofJob, ...jobChange },
  transaction: 'write',
  params: { JobId: jobId },
  errors: changeErrors,
  result: {},

  async run(context, { JobId }) {
    const refusal = await changeJob(context, JobId, ['Paused'], { state: 'Waiting' })
    if (refusal !== undefined) throw context.fail(refusal)
    return {}
  },
})
