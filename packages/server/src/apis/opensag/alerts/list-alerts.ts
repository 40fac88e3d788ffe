import { direct, integerField, stringField, text } from '../../../declare/index.ts'
import type { Alert } from '../../../model/alert.ts'
import { operation } from '../../operation.ts'
import { nextToken, pageOf, placeIn, tokenOf } from '../../paging.ts'
import { maxResults, moment } from '../history-params.ts'
import { alertRuleId } from './alert-params.ts'

const statesOf = {
  Open: ['Open'],
  Acknowledged: ['Acknowledged'],
  Live: ['Open', 'Acknowledged'],
  Closed: ['Closed'],
} as const

export const listAlerts = operation({
  name: 'ListAlerts',
  family: 'alerts',
  about: {
    en: 'List alerts, the newest first. `LiveCount`: all of the account that are not closed.',
    zh: '查询告警，新的在前。`LiveCount` 为账号未关闭的告警总数。',
  },
  source: 'OpenSAG 2026-12-01, ListAlerts',
  access: {
    action: 'opensag:ListAlerts',
    level: 'List',
    resource: 'acs:opensag:*:{account}:alert/*',
    dependent: [],
  },
  transaction: 'read',

  params: {
    State: text()
      .oneOf('Live', 'Open', 'Acknowledged', 'Closed')
      .default('Live')
      .example('Live')
      .about(
        'Only alerts in this state; `Live`: all that are not closed.',
        '只查询该状态的告警；`Live` 为全部未关闭的。',
      ),
    AlertRuleId: alertRuleId.about('Only alerts of this rule.', '只查询该规则的告警。'),
    MaxResults: maxResults,
    NextToken: nextToken(placeOf, tokenOf('1700000000000/alert-1')),
  },

  errors: {},

  result: {
    Alerts: direct({
      AlertId: stringField,
      State: stringField,
      Kind: stringField,
      AlertRuleId: stringField,
      RuleName: stringField,
      SmartAGId: stringField,
      SmartAGName: stringField,
      SerialNumber: stringField,
      Event: stringField,
      Since: stringField,
      OpenTime: stringField,
      ToldTime: stringField,
      AcknowledgeTime: stringField,
      AcknowledgedBy: stringField,
      CloseTime: stringField,
    }),
    LiveCount: integerField,
    MaxResults: integerField,
    NextToken: stringField,
  },

  async run({ caller, alerts }, { State, AlertRuleId, MaxResults, NextToken }) {
    const { accountId } = caller
    const query = { accountId, states: statesOf[State], ruleId: AlertRuleId, before: NextToken }
    const found = await alerts.list({ ...query, most: MaxResults + 1 })
    const { shown, more } = pageOf(found, MaxResults, ({ openedAt, id }) => tokenOf(`${openedAt}/${id}`))
    return { Alerts: shown.map(shownAlert), LiveCount: await alerts.count(accountId, statesOf.Live), ...more }
  },
})

function shownAlert(alert: Alert) {
  return {
    AlertId: alert.id,
    State: alert.state,
    Kind: alert.kind,
    AlertRuleId: alert.ruleId,
    RuleName: alert.ruleName,
    SmartAGId: alert.instanceId,
    SmartAGName: alert.instanceName,
    SerialNumber: alert.serial,
    Event: alert.event,
    Since: moment(alert.since),
    OpenTime: moment(alert.openedAt),
    ToldTime: moment(alert.toldAt),
    AcknowledgeTime: moment(alert.acknowledgedAt),
    AcknowledgedBy: alert.acknowledgedBy,
    CloseTime: moment(alert.closedAt),
  }
}

function placeOf(token: string): { readonly openedAt: number; readonly id: string } | undefined {
  const found = /^(\d{1,15})\/(alert-[a-z0-9]{1,40})$/.exec(placeIn(token))
  return found?.[1] === undefined || found[2] === undefined ? undefined : { openedAt: Number(found[1]), id: found[2] }
}
