import { waveSizes } from '@opensag/rules'
import { principal } from '../../access/caller.ts'
import { integer, secret, stringField, text } from '../../declare/index.ts'
import { minutesOf, offsetOf } from '../../model/daily-hours.ts'
import { jobKinds, mostJobItems, mostUnfinishedJobs, mostWaves, passwordDays } from '../../model/job.ts'
import { operation } from '../operation.ts'
import { keyRow, numberRow, tagKeys, tags, tagsOf, twiceRow, valueRow } from './instance-tags/tag-params.ts'
import { jobChange, ofAnyJob } from './job-params.ts'
import { planRotation } from './rotation-plan.ts'

const instanceId = /^sag-[a-z0-9]+$/
/** ISO 8601, in UTC, to the second. */
const utcTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

const dayMs = 24 * 60 * 60_000
const passwordsWait = `Passwords wait for ${passwordDays} days at most.`

export const createJob = operation({
  name: 'CreateJob',
  family: 'opensag',
  about: {
    en: 'Have the server do something to many gateways, wave by wave, until too many fail. Each call is made as its creator, with the rights of that moment.',
    zh: '由服务器分批对多台网关执行操作，失败过多时自动停止。每次调用均以创建者的身份和当时的权限执行。',
  },
  source: 'OpenSAG 2026-12-01, CreateJob',
  access: { action: 'opensag:CreateJob', resource: ofAnyJob, ...jobChange },
  transaction: 'write',

  params: {
    Kind: text()
      .required()
      .oneOf(...jobKinds)
      .example('Restart')
      .about('What is done to each.', '对每台网关执行的操作。'),
    SmartAGIds: text()
      .required()
      .satisfies((ids) => ids.split(',').length <= mostJobItems && ids.split(',').every((id) => instanceId.test(id)))
      .example('sag-tq3sazs17smldn0000')
      .about(
        'Up to 3000 instances, with commas between them; in this order.',
        '最多 3000 个实例，用逗号分隔，按此顺序执行。',
      ),
    Passwords: secret(/^[A-Za-z0-9_:,-]{1,260000}$/)
      .invalid('InvalidPasswords')
      .example('sag32a30000:Gateway_2024')
      .about(
        'Of RotatePasswords, for each device: `serial:password`, with commas between them.',
        '轮换密码时每台设备的新密码：`序列号:密码`，用逗号分隔。',
      ),
    VersionCode: text()
      .matches(/^\d{1,5}(\.\d{1,5}){0,3}$/)
      .example('2.4.0.0')
      .about('Of an upgrade; without it the newest release for each.', '升级的目标版本；不填则为各自最新的正式版本。'),
    CcnId: text()
      .matches(/^ccn-[a-z0-9]+$/)
      .example('ccn-l9340rlu5ens00000')
      .about('Of `AddToNetwork`: the network.', '`AddToNetwork` 的云连接网。'),
    Tag: tags.about('Of `Tag`.', '`Tag` 添加的标签。'),
    TagKey: tagKeys.about('Of `Untag`.', '`Untag` 移除的标签键。'),
    FirstWave: integer()
      .range(1, mostJobItems)
      .default(1)
      .example('1')
      .about('Gateways of the first wave.', '第一批的网关数。'),
    WaveGrowth: integer()
      .range(1, 10)
      .default(3)
      .example('3')
      .about('Each wave is so many times the one before.', '每批为上一批的倍数。'),
    LargestWave: integer()
      .range(1, mostJobItems)
      .default(200)
      .example('200')
      .about('No wave is larger.', '每批的最大网关数。'),
    MostFailures: integer()
      .range(0, mostJobItems)
      .default(0)
      .example('0')
      .about('The job stops when more than this fail.', '失败数超过该值时任务停止。'),
    StartAt: text()
      .matches(utcTime)
      .satisfies((time) => !Number.isNaN(Date.parse(time)))
      .example('2026-12-01T20:00:00Z')
      .about('Not before.', '最早开始时间。'),
    WindowStart: text()
      .satisfies((time) => minutesOf(time) !== undefined)
      .example('02:00')
      .about('From this time of day on gateways may begin.', '每天从该时间起可以开始。'),
    WindowEnd: text()
      .satisfies((time) => minutesOf(time) !== undefined)
      .example('05:00')
      .about('Until this time, perhaps of the next day.', '到该时间为止，可跨天。'),
    UtcOffset: text()
      .satisfies((offset) => offsetOf(offset) !== undefined)
      .default('+00:00')
      .example('+08:00')
      .about('How far these times are ahead of UTC.', '上述时间相对 UTC 的偏移。'),
  },

  errors: {
    ...keyRow,
    ...valueRow,
    ...twiceRow,
    ...numberRow,
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。'],
    'NotSupport.RoleSession': [403, 'A session of a role cannot create jobs.', '角色会话不能创建任务。'],
    InvalidPasswords: [400, 'The specified Passwords are invalid.', '参数 Passwords 非法。'],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。'],
    FeatureNotSupport: [403, 'A device has no password that can be set.', '设备没有可设置的密码。'],
    'QuotaExceeded.Job': [400, 'The maximum number of unfinished jobs is exceeded.', '未结束的任务数量超过上限。'],
  },

  result: { JobId: stringField },

  async run({ caller, jobs, now, ids, circumstances, fail }, params) {
    const { Kind, VersionCode, FirstWave, WaveGrowth, LargestWave, MostFailures, StartAt } = params
    const { CcnId, Tag, TagKey } = params
    const { WindowStart = '', WindowEnd = '' } = params
    const [from, to] = [minutesOf(WindowStart), minutesOf(WindowEnd)]
    if ((from === undefined) !== (to === undefined) || (from !== undefined && from === to))
      throw fail('InvalidParameter')
    if (VersionCode !== undefined && Kind !== 'Upgrade') throw fail('InvalidParameter')
    for (const [needs, value] of [
      ['AddToNetwork', CcnId],
      ['Tag', Tag],
      ['Untag', TagKey],
      ['RotatePasswords', params.Passwords],
    ] as const) {
      if ((Kind === needs) !== (value !== undefined)) throw fail('InvalidParameter')
    }
    const wanted = [...new Set(params.SmartAGIds.split(','))]
    const start = StartAt === undefined ? undefined : Date.parse(StartAt)
    if (Kind === 'RotatePasswords' && (start ?? now) > now + passwordDays * dayMs)
      throw fail('InvalidParameter', passwordsWait)
    const shape = { first: FirstWave, growth: WaveGrowth, largest: LargestWave }
    const wavesOfInstances = waveSizes(wanted.length, shape)
    if (wavesOfInstances.length > mostWaves) throw fail('InvalidParameter')
    // It would act when the session is long over.
    if (caller.kind === 'AssumedRole') throw fail('NotSupport.RoleSession')
    const { accountId } = caller
    const instances = await jobs.itemsFor(accountId, wanted)
    if (instances.length < wanted.length) throw fail('SAG.InstanceNoFound')
    const planned =
      params.Passwords === undefined
        ? { items: instances, sizes: wavesOfInstances }
        : await planRotation(jobs, instances, { accountId, list: params.Passwords, shape })
    if ('wrong' in planned) throw fail(planned.wrong, planned.detail)
    const { items, sizes } = planned
    if (items.length > mostJobItems || sizes.length > mostWaves) throw fail('InvalidParameter')
    if ((await jobs.unfinished(accountId)) >= mostUnfinishedJobs) throw fail('QuotaExceeded.Job')

    const id = ids.withPrefix('job-')
    const job = {
      id,
      account_id: accountId,
      kind: Kind,
      version: VersionCode ?? null,
      params: { ccnId: CcnId, tags: Tag && tagsOf(Tag), tagKeys: TagKey },
      first_wave: FirstWave,
      wave_growth: WaveGrowth,
      largest_wave: LargestWave,
      most_failures: MostFailures,
      start_at: start ?? null,
      window_from: from ?? null,
      window_to: to ?? null,
      window_offset: from === undefined ? null : (offsetOf(params.UtcOffset) ?? 0),
      creator: principal(caller),
      creator_user_id: caller.kind === 'RAMUser' ? caller.userId : null,
      creator_mfa: caller.kind === 'RAMUser' && caller.mfaPresent === true ? 1 : 0,
      creator_source: circumstances.sourceIp ?? '',
      creator_secure: circumstances.secure ? 1 : 0,
      created_at: circumstances.at,
    }
    await jobs.add(job, items, sizes)
    for (const { device } of items) device?.password.wipe()
    return { JobId: id }
  },
})
