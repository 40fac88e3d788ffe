import { operation } from '../operation.ts'
import { changeErrors, changeJob, jobChange, jobId, ofJob } from './job-params.ts'

export const pauseJob = operation({
  name: 'PauseJob',
  family: 'opensag',
  about: {
    en: 'Begin no more gateways of a job for now. Those that are being worked on go on.',
    zh: '暂停任务，不再开始新的网关，进行中的继续。',
  },
  source: 'OpenSAG 2026-12-01, PauseJob',
  access: { action: 'opensag:PauseJob', resource: ofJob, ...jobChange },
  transaction: 'write',
  params: { JobId: jobId },
  errors: changeErrors,
  result: {},

  async run(context, { JobId }) {
    const refusal = await changeJob(context, JobId, ['Waiting', 'Running'], { state: 'Paused' })
    if (refusal !== undefined) throw context.fail(refusal)
    return {}
  },
})
