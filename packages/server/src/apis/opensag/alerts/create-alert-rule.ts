import { stringField } from '../../../declare/index.ts'
import { mostAlertRules } from '../../../model/alert.ts'
import { operation } from '../../operation.ts'
import {
  alertKind,
  days,
  enabled,
  instancesOf,
  minutes,
  missingOf,
  needlessThreshold,
  quietFrom,
  quietHoursOf,
  quietOffset,
  quietTo,
  repeatMinutes,
  ruleChannels,
  ruleErrors,
  ruleInstances,
  ruleName,
  thresholdOf,
} from './alert-params.ts'

export const createAlertRule = operation({
  name: 'CreateAlertRule',
  family: 'alerts',
  about: {
    en: 'Add a rule: what is told to which channels, and when.',
    zh: '新建告警规则：何种情况在何时通知哪些渠道。',
  },
  source: 'OpenSAG 2026-12-01, CreateAlertRule',
  access: {
    action: 'opensag:CreateAlertRule',
    level: 'Write',
    resource: 'acs:opensag:*:{account}:alertrule/*',
    dependent: [],
  },
  transaction: 'write',

  params: {
    Name: ruleName.required(),
    Kind: alertKind.required(),
    Minutes: minutes,
    Days: days,
    SmartAGIds: ruleInstances,
    ChannelIds: ruleChannels.required(),
    QuietFrom: quietFrom,
    QuietTo: quietTo,
    QuietOffset: quietOffset,
    RepeatMinutes: repeatMinutes.default(0),
    Enabled: enabled.default(true),
  },

  errors: {
    ...ruleErrors,
    'QuotaExceeded.AlertRule': [400, 'The account has as many rules as it can have.', '账号的告警规则数已达上限。'],
  },

  result: { AlertRuleId: stringField },

  async run(context, params) {
    const { caller, alerts, ids, circumstances, fail } = context
    const { Name, Kind, SmartAGIds, ChannelIds, RepeatMinutes, Enabled } = params
    const quiet = quietHoursOf(params)
    if (quiet === 'wrong') throw fail('InvalidAlertRule.QuietHours')
    if (needlessThreshold(Kind, params) !== undefined) throw fail('InvalidAlertRule.Threshold')
    const missing = await missingOf(context, params)
    if (missing !== undefined) throw fail(missing)
    const { accountId } = caller
    if ((await alerts.rules.of(accountId)).length >= mostAlertRules) throw fail('QuotaExceeded.AlertRule')
    const id = ids.withPrefix('ar-')
    await alerts.rules.set({
      id,
      accountId,
      name: Name,
      kind: Kind,
      threshold: thresholdOf(Kind, params),
      instanceIds: instancesOf(SmartAGIds),
      channelIds: [...new Set(ChannelIds)],
      quiet,
      repeatMinutes: RepeatMinutes,
      isEnabled: Enabled,
      createdAt: circumstances.at,
    })
    return { AlertRuleId: id }
  },
})
