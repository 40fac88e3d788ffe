import { direct, integer, integerField, stringField } from '../../declare/index.ts'
import { operation } from '../operation.ts'
import { nextToken, pageOf, placeIn, tokenOf } from '../paging.ts'
import { jobFields, ofAnyJob, shownJob } from './job-params.ts'

export const listJobs = operation({
  name: 'ListJobs',
  family: 'opensag',
  about: {
    en: 'List the jobs of the account, the newest first, until 90 days after their end.',
    zh: '查询本账号的任务，新的在前，结束后保留 90 天。',
  },
  source: 'OpenSAG 2026-12-01, ListJobs',
  access: {
    action: 'opensag:ListJobs',
    level: 'List',
    resource: ofAnyJob,
    dependent: [],
    standsFor: 'smartag:DescribeSmartAccessGateways',
  },
  transaction: 'read',

  params: {
    MaxResults: integer()
      .range(1, 100)
      .default(20)
      .example('20')
      .about('Jobs in one answer, up to 100.', '每次返回的任务数，最大 100。'),
    NextToken: nextToken(jobIn, tokenOf('1 job-4fn8k2mz6q1w9c0xha')),
  },

  errors: {},

  result: { Jobs: direct(jobFields), MaxResults: integerField, NextToken: stringField },

  async run({ caller, jobs }, { MaxResults, NextToken }) {
    const found = await jobs.list(caller.accountId, NextToken, MaxResults + 1)
    const { shown, more } = pageOf(found, MaxResults, ({ created_at, id }) => tokenOf(`${created_at} ${id}`))
    return { Jobs: shown.map(shownJob), ...more }
  },
})

function jobIn(token: string): readonly [number, string] | undefined {
  const [, at, id = ''] = /^(\d{1,15}) (job-[a-z0-9]+)$/.exec(placeIn(token)) ?? []
  return at === undefined ? undefined : [Number(at), id]
}
