import { direct, integer, integerField, longField, stringField, text } from '../../declare/index.ts'
import { itemStates } from '../../model/job.ts'
import { type ItemPlace, placeOf } from '../../store/jobs/jobs.ts'
import { operation } from '../operation.ts'
import { nextToken, pageOf, placeIn, tokenOf } from '../paging.ts'
import { jobFields, jobId, jobNotFound, ofJob, shownCounts, shownJob, waveFields } from './job-params.ts'

export const describeJob = operation({
  name: 'DescribeJob',
  family: 'opensag',
  about: {
    en: 'Show a job, its waves, and what became of each gateway: those that failed first.',
    zh: '查询任务及其批次，以及每台网关的结果，失败的在前。',
  },
  source: 'OpenSAG 2026-12-01, DescribeJob',
  access: {
    action: 'opensag:DescribeJob',
    level: 'Read',
    resource: ofJob,
    dependent: [],
    standsFor: 'smartag:DescribeSmartAccessGateways',
  },
  transaction: 'read',

  params: {
    JobId: jobId,
    ItemState: text()
      .oneOf(...itemStates)
      .example('Failed')
      .about('Only gateways in this state.', '只返回该状态的网关。'),
    MaxResults: integer()
      .range(1, 1000)
      .default(100)
      .example('100')
      .about('Gateways in one answer, up to 1000.', '每次返回的网关数，最大 1000。'),
    NextToken: nextToken(itemIn, tokenOf('0 0')),
  },

  errors: { 'InvalidJobId.NotFound': jobNotFound },

  result: {
    ...jobFields,
    Waves: waveFields,
    Items: direct({
      SmartAGId: stringField,
      RegionId: stringField,
      SerialNumber: stringField,
      Wave: integerField,
      State: stringField,
      Code: stringField,
      BeginTime: longField,
      AnswerTime: longField,
      EndTime: longField,
    }),
    MaxResults: integerField,
    NextToken: stringField,
  },

  async run({ caller, jobs, fail }, { JobId, ItemState, MaxResults, NextToken }) {
    const found = await jobs.find(caller.accountId, JobId)
    if (found === undefined) throw fail('InvalidJobId.NotFound')
    const job = { ...found, waves: await jobs.counts(found.id) }
    const items = await jobs.items(job.id, NextToken, MaxResults + 1, ItemState)
    const { shown, more } = pageOf(items, MaxResults, (item) => {
      const { rank, position } = placeOf(item)
      return tokenOf(`${rank} ${position}`)
    })
    return {
      ...shownJob(job),
      Waves: job.waves.map(shownCounts),
      Items: shown.map((item) => ({
        SmartAGId: item.instance_id,
        RegionId: item.region_id,
        SerialNumber: item.serial ?? undefined,
        Wave: item.wave + 1,
        State: item.state,
        Code: item.code ?? undefined,
        BeginTime: item.began_at ?? undefined,
        AnswerTime: item.told_at ?? undefined,
        EndTime: item.ended_at ?? undefined,
      })),
      ...more,
    }
  },
})

function itemIn(token: string): ItemPlace | undefined {
  const [, rank, position] = /^([0-5]) (\d{1,4})$/.exec(placeIn(token)) ?? []
  return rank === undefined ? undefined : { rank: Number(rank), position: Number(position) }
}
