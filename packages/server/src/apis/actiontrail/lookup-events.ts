import { direct, integer, objects, stringField, text } from '../../declare/index.ts'
import { formatUtc, parseUtc } from '../../model/utc-time.ts'
import type { StoredAuditEntry } from '../../store/audit/audit.ts'
import { operation } from '../operation.ts'
import { eventFields, shownEvent } from './event.ts'
import { isWanted, lookupKeys } from './filter.ts'
import { placeOf, tokenOf } from './token.ts'

const week = 7 * 24 * 60 * 60 * 1000

const time = text().readsAs(parseUtc).example('2026-11-25T11:00:00Z')

export const lookupEvents = operation({
  name: 'LookupEvents',
  family: 'actiontrail',
  about: {
    en: 'Show who called which operation of the account, when, from where, on what, with which parameters and outcome, and what it changed.',
    zh: '查询账号内的操作记录：调用者、操作、时间、来源、资源、请求参数、结果，以及变更前后的值。',
  },
  source: 'ActionTrail 2020-07-06, LookupEvents',
  access: { action: 'actiontrail:LookupEvents', level: 'Read', resource: '*', dependent: [] },
  transaction: 'listing',

  params: {
    StartTime: time.about(
      'Events from this time on (UTC). Give both times or neither; without them it is the last seven days.',
      '起始时间（UTC）。起止时间须同时传入或同时不传；不传时查询最近 7 天。',
    ),
    EndTime: time.about('Events before this time (UTC).', '结束时间（UTC），不含该时刻。'),
    Direction: text()
      .oneOf('FORWARD', 'BACKWARD')
      .default('BACKWARD')
      .example('BACKWARD')
      .about('Oldest first (`FORWARD`) or newest first.', '排序：时间升序（`FORWARD`）或降序。'),
    MaxResults: integer()
      .range(1, 50)
      .default(20)
      .example('20')
      .about('Events on a page, up to 50.', '每页事件数，最大 50。'),
    NextToken: text()
      .readsAs(placeOf)
      .about(
        'Where the page before ended, with the other parameters as they were. A page can be short, or empty, and have one.',
        '上一页返回的位置标记，其他参数须与上次相同。事件较少甚至为空的页也可能还有下一页。',
      ),
    LookupAttribute: objects({
      Key: text()
        .oneOf(...lookupKeys)
        .required()
        .about('What to filter by.', '过滤条件的键。'),
      Value: text().required().about('The value it must have.', '过滤条件的值。'),
    })
      .satisfies((attributes) => attributes.length <= 2)
      .about('One or two conditions; events must fulfil all of them.', '一个或两个过滤条件，须同时满足。'),
  },
  checks: [
    { param: 'EndTime', test: ({ StartTime, EndTime }) => StartTime === undefined || EndTime !== undefined },
    { param: 'StartTime', test: ({ StartTime, EndTime }) => EndTime === undefined || StartTime !== undefined },
  ],

  errors: {},

  result: {
    StartTime: stringField,
    EndTime: stringField,
    NextToken: stringField,
    Events: direct(eventFields),
  },

  async run({ caller, audit, circumstances, endpoint }, params) {
    const { StartTime, EndTime, Direction, MaxResults, NextToken, LookupAttribute = [] } = params
    const before = EndTime ?? circumstances.at
    const from = StartTime ?? circumstances.at - week
    const window = {
      accountId: caller.accountId,
      from,
      // An event of the very moment counts as one before it, where nobody named the end.
      before: EndTime === undefined ? before + 1 : before,
      newestFirst: Direction === 'BACKWARD',
      behind: NextToken,
      size: MaxResults,
    }
    const wanted = (event: StoredAuditEntry): boolean => isWanted(event, LookupAttribute)
    const { events, next } = await audit.page(window, wanted)
    return {
      StartTime: formatUtc(from),
      EndTime: formatUtc(before),
      NextToken: next === undefined ? undefined : tokenOf(next),
      Events: events.map((event) => shownEvent(event, endpoint)),
    }
  },
})
