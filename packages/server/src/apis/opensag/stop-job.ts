import { operation } from '../operation.ts'
import { changeErrors, changeJob, jobChange, jobId, ofJob } from './job-params.ts'

export const stopJob = operation({
  name: 'StopJob',
  family: 'opensag',
  about: {
    en: 'End a job: gateways that have not begun are left alone, those that are being worked on go on.',
    zh: '停止任务：未开始的网关不再执行，进行中的继续。',
  },
  source: 'OpenSAG 2026-12-01, StopJob',
  access: { action: 'opensag:StopJob', resource: ofJob, ...jobChange },
  transaction: 'write',
  params: { JobId: jobId },
  errors: changeErrors,
  result: {},

  async run(context, { JobId }) {
    const refusal = await changeJob(context, JobId, ['Waiting', 'Running', 'Paused'], { ending: 'Stopped' })
    if (refusal !== undefined) throw context.fail(refusal)
    return {}
  },
})
