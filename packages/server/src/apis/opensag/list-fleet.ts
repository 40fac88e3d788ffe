import { booleanField, direct, integer, integerField, list, stringField, text } from '../../declare/index.ts'
import { operation } from '../operation.ts'
import { changesSince } from './fleet-changes.ts'
import { rangesForm, readRanges, writeRanges } from './fleet-ranges.ts'
import { shownRow, shownRowFields } from './fleet-row.ts'

const instanceId = /^sag-[a-z0-9]+$/

/** As many instances as one answer may have; a row is about 250 bytes. */
const largestPage = 5000

export const listFleet = operation({
  name: 'ListFleet',
  family: 'opensag',
  about: {
    en: 'List every instance of the account in compact rows, by id: for overviews of very many. With ids: only those, as they are now. `DefaultPasswordCount`: devices whose administrator password was never set or changed since they enrolled. `OldPasswordCount`: devices whose password is older than the server’s `--admin-password-max-age`; absent without that setting. `Since`, `0` at first and then what the last answer gave: only the ranges of ids in which anything has changed, each with all its rows. What the caller has of these ranges and is not in the answer is gone; what is not in them is as it was. Ask at once again while `More`.',
    zh: '以紧凑的行按 ID 列出账号的全部实例，用于大规模概览。传入 ID 时只返回这些实例的当前状态。`DefaultPasswordCount` 为自注册以来从未设置或修改过管理员密码的设备数。`OldPasswordCount` 为密码使用时间超过服务器 `--admin-password-max-age` 的设备数，未配置时不返回。传入 `Since`（首次为 `0`，之后为上次返回的值）时，只返回发生变化的 ID 区间及区间内的全部行：区间内未返回的实例已不存在，区间外的未变化。`More` 为真时立即再次调用。',
  },
  source: 'OpenSAG 2026-12-01, ListFleet',
  access: {
    action: 'opensag:ListFleet',
    level: 'List',
    resource: 'smartag/*',
    dependent: [],
    standsFor: 'smartag:DescribeSmartAccessGateways',
    lists: 'smartag',
  },
  transaction: 'listing',
  // Names, states and addresses of the caller's own instances: nothing in it is secret, so its length tells nobody anything.
  isCompressed: true,

  params: {
    RegionId: text().example('cn-shanghai').about('Only instances of this region.', '只列出该地域的实例。'),
    SmartAGIds: list(text().matches(instanceId))
      .example('sag-tq3sazs17smldn0000')
      .about('Only these instances. Those that do not exist are left out.', '只列出这些实例，不存在的忽略。'),
    MaxResults: integer()
      .range(1, largestPage)
      .default(1000)
      .example('1000')
      .about('Instances in one answer, up to 5000.', '每次返回的实例数，最大 5000。'),
    NextToken: text()
      .matches(instanceId)
      .example('sag-tq3sazs17smldn0000')
      .about('Where the previous answer ended.', '上一次返回的 NextToken。'),
    Since: text()
      .matches(rangesForm)
      .example('0')
      .about(
        'What the caller has: `0`, or the `Since` of the last answer.',
        '调用方已有的数据：`0` 或上次返回的 `Since`。',
      ),
  },

  errors: {},

  result: {
    Instances: direct(shownRowFields),
    Ranges: direct({ After: stringField, UpTo: stringField }),
    Since: stringField,
    More: booleanField,
    TotalCount: integerField,
    InPart: booleanField,
    NextToken: stringField,
  },

  async run(
    { caller, fleet, scope, now, circumstances, adminPasswordMaxAgeMs },
    { RegionId, SmartAGIds, MaxResults, NextToken, Since },
  ) {
    const filter = { accountId: caller.accountId, regionId: RegionId, ids: SmartAGIds, scope }
    const clocks = { now, at: circumstances.at, maxAgeMs: adminPasswordMaxAgeMs }
    const page = async (after: string | undefined, count: number) =>
      (await fleet.overview({ ...filter, after }, count)).map((row) => shownRow(row, clocks))
    const counted = SmartAGIds === undefined ? await fleet.count(filter) : undefined
    // Whoever draws a conclusion from what is not in the list must know that there can be more.
    const InPart = scope === undefined ? undefined : true
    if (Since !== undefined) {
      const asked = { ranges: readRanges(Since), total: counted ?? 0, limit: MaxResults, next: page }
      const { rows, told, ranges, more } = await changesSince(asked)
      return { Instances: rows, TotalCount: counted, InPart, Ranges: told, Since: writeRanges(ranges), More: more }
    }
    const rows = await page(NextToken, MaxResults + 1)
    const shown = rows.slice(0, MaxResults)
    return {
      Instances: shown,
      TotalCount: counted ?? rows.length,
      InPart,
      NextToken: rows.length > MaxResults ? shown.at(-1)?.SmartAGId : undefined,
    }
  },
})
