import { direct, integerField, longField, type Param, stringField, text } from '../../declare/index.ts'
import { clockText, type DailyHours, offsetText } from '../../model/daily-hours.ts'
import { totalsOf } from '../../model/job.ts'
import type { Job, Jobs } from '../../store/jobs/jobs.ts'
import { shownTags, tagFields } from './instance-tags/tag-params.ts'

/** Of operations about one job. */
export const jobId: Param<string> = text()
  .required()
  .matches(/^job-[a-z0-9]{18}$/)
  .example('job-4fn8k2mz6q1w9c0xha')
  .about('The ID of the job.', '任务 ID。')

export const jobNotFound = [400, 'The specified job does not exist.', '任务不存在。'] as const satisfies readonly [
  number,
  string,
  string,
]

/** Whoever may restart gateways may have it done by a job; each gateway is decided when its turn comes. */
export const jobChange = {
  level: 'Write',
  dependent: [],
  standsFor: 'smartag:RebootSmartAccessGateway',
} as const

export const ofJob = 'acs:opensag:*:{account}:job/{JobId}'
export const ofAnyJob = 'acs:opensag:*:{account}:job/*'

export const jobFields = {
  JobId: stringField,
  Kind: stringField,
  VersionCode: stringField,
  CcnId: stringField,
  Tags: tagFields,
  TagKeys: direct(stringField),
  State: stringField,
  Ending: stringField,
  Reason: stringField,
  Creator: stringField,
  CreateTime: longField,
  BeginTime: longField,
  EndTime: longField,
  StartAt: longField,
  WindowStart: stringField,
  WindowEnd: stringField,
  UtcOffset: stringField,
  FirstWave: integerField,
  WaveGrowth: integerField,
  LargestWave: integerField,
  MostFailures: integerField,
  Total: integerField,
  ToDo: integerField,
  Running: integerField,
  Done: integerField,
  Failed: integerField,
  Unknown: integerField,
  Skipped: integerField,
}

export const waveFields = direct({
  ToDo: integerField,
  Running: integerField,
  Done: integerField,
  Failed: integerField,
  Unknown: integerField,
  Skipped: integerField,
})

export function shownJob(job: Job) {
  const totals = totalsOf(job.waves)
  return {
    JobId: job.id,
    Kind: job.kind,
    VersionCode: job.version ?? undefined,
    CcnId: job.params.ccnId,
    Tags: shownTags(job.params.tags),
    TagKeys: job.params.tagKeys,
    State: job.state,
    Ending: job.ending,
    Reason: job.reason ?? undefined,
    Creator: job.creator,
    CreateTime: job.created_at,
    BeginTime: job.began_at ?? undefined,
    EndTime: job.ended_at ?? undefined,
    StartAt: job.startAt,
    ...shownWindow(job.window),
    FirstWave: job.first_wave,
    WaveGrowth: job.wave_growth,
    LargestWave: job.largest_wave,
    MostFailures: job.mostFailures,
    Total: totals.reduce((sum, count) => sum + count, 0),
    ...shownCounts(totals),
  }
}

function shownWindow(window: DailyHours | undefined) {
  if (window === undefined) return {}
  const { from, to, offset } = window
  return { WindowStart: clockText(from), WindowEnd: clockText(to), UtcOffset: offsetText(offset) }
}

export function shownCounts([ToDo, Running, Done, Failed, Unknown, Skipped]: Job['waves'][number]) {
  return { ToDo, Running, Done, Failed, Unknown, Skipped }
}

/**
 * Does to a job what it can still be done to.
 *
 * @throws what `fail` makes of it
 */
export async function changeJob(
  { jobs, caller }: { readonly jobs: Jobs; readonly caller: { readonly accountId: string } },
  id: string,
  from: readonly Job['state'][],
  to: Parameters<Jobs['change']>[1],
): Promise<'InvalidJobId.NotFound' | 'IncorrectStatus.Job' | undefined> {
  const job = await jobs.find(caller.accountId, id)
  if (job === undefined) return 'InvalidJobId.NotFound'
  return from.includes(job.state) && (await jobs.change(job, to)) ? undefined : 'IncorrectStatus.Job'
}

export const changeErrors = {
  'InvalidJobId.NotFound': jobNotFound,
  'IncorrectStatus.Job': [403, 'The job is not in a state that allows this.', '任务当前状态不支持该操作。'],
} as const satisfies Readonly<Record<string, readonly [number, string, string]>>
