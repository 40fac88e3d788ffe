import { boolean, direct, integer, list, stringField, text } from '../../declare/index.ts'
import { parseUtc } from '../../model/utc-time.ts'
import { throughOf, throughs } from '../../store/audit/audit.ts'
import { eventFields, shownEvent } from '../actiontrail/event.ts'
import { placeOf, tokenOf } from '../actiontrail/token.ts'
import { operation } from '../operation.ts'
import { auditFilter, principalsOf } from './audit-filter.ts'

const week = 7 * 24 * 60 * 60 * 1000
const mostNames = 20

const time = text().readsAs(parseUtc).example('2026-11-25T11:00:00Z')
const names = list(text().length(1, 128)).satisfies((all) => all.length <= mostNames)

export const searchAuditEvents = operation({
  name: 'SearchAuditEvents',
  family: 'opensag',
  about: {
    en: 'Search who did what in the account, the newest first, by any of these conditions together. An event is one of `LookupEvents`, with what it came through.',
    zh: '按任意条件组合检索账号内的操作记录，新的在前。事件格式与 `LookupEvents` 相同，并附带操作途径。',
  },
  source: 'OpenSAG 2026-12-01, SearchAuditEvents',
  access: {
    action: 'opensag:SearchAuditEvents',
    level: 'Read',
    resource: '*',
    dependent: [],
    standsFor: 'actiontrail:LookupEvents',
  },
  transaction: 'listing',

  params: {
    StartTime: time.about(
      'From this time on (UTC); seven days ago unless it is given.',
      '起始时间（UTC），默认 7 天前。',
    ),
    EndTime: time.about('Before this time (UTC).', '结束时间（UTC），不含该时刻。'),
    Users: names.example('alice').about('By any of these users, up to 20.', '任一操作者，最多 20 个。'),
    Operations: names.example('CreateUser').about('Any of these operations, up to 20.', '任一操作，最多 20 个。'),
    Object: text()
      .length(1, 256)
      .example('sag-tq3sazs17smldn0000')
      .about('About the thing with this id, name or serial number.', '对象的 ID、名称或序列号。'),
    EventRW: text().oneOf('Read', 'Write').example('Write').about('Only reads or only writes.', '只查读操作或写操作。'),
    Outcome: text().oneOf('Done', 'Refused').example('Refused').about('Only with this outcome.', '只查该结果。'),
    Through: text()
      .oneOf(...throughs)
      .example('console')
      .about('Only what came through this. `cli` is what the client says of itself.', '操作途径。`cli` 由客户端自称。'),
    Text: text()
      .length(1, 256)
      .example('10.1.0.0/24')
      .about('Words that all occur in the event.', '事件中须包含的全部词语。'),
    ConsoleReads: boolean()
      .default(false)
      .example('false')
      .about('Include what consoles only read.', '包含控制台的读操作。'),
    MaxResults: integer()
      .range(1, 100)
      .default(50)
      .example('50')
      .about('Events on a page, up to 100.', '每页事件数，最大 100。'),
    NextToken: text()
      .readsAs(placeOf)
      .about(
        'Where the page before ended. A page can be empty and have one.',
        '上一页返回的位置标记，空页也可能有下一页。',
      ),
  },

  errors: {},

  result: {
    NextToken: stringField,
    Events: direct({ ...eventFields, through: stringField }),
  },

  async run({ caller, audit, circumstances, endpoint }, params) {
    const { accountId } = caller
    const { StartTime, EndTime, Users, Operations, Object: object, EventRW, Outcome, Through, Text } = params
    const window = {
      accountId,
      from: StartTime ?? circumstances.at - week,
      // An event of the very moment counts, where nobody named the end.
      before: EndTime ?? circumstances.at + 1,
      behind: params.NextToken,
      size: params.MaxResults,
    }
    const conditions = {
      principals: Users?.flatMap((user) => principalsOf(accountId, user)),
      actions: Operations,
      level: EventRW,
      outcome: Outcome,
      withoutConsoleReads: !params.ConsoleReads,
    }
    const { events, next } = await audit.search(
      window,
      conditions,
      auditFilter({ object, through: Through, text: Text }),
    )
    return {
      NextToken: next === undefined ? undefined : tokenOf(next),
      Events: events.map((event) => ({ ...shownEvent(event, endpoint), through: throughOf(event) })),
    }
  },
})
