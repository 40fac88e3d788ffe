import { operation } from '../../operation.ts'
import {
  alertRuleId,
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

export const modifyAlertRule = operation({
  name: 'ModifyAlertRule',
  family: 'alerts',
  about: { en: 'Change what is sent of a rule; the rest stays.', zh: '修改规则中传入的内容，其余不变。' },
  source: 'OpenSAG 2026-12-01, ModifyAlertRule',
  access: {
    action: 'opensag:ModifyAlertRule',
    level: 'Write',
    resource: 'acs:opensag:*:{account}:alertrule/{AlertRuleId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    AlertRuleId: alertRuleId.required(),
    Name: ruleName,
    Minutes: minutes,
    Days: days,
    SmartAGIds: ruleInstances,
    ChannelIds: ruleChannels,
    QuietFrom: quietFrom,
    QuietTo: quietTo,
    QuietOffset: quietOffset,
    RepeatMinutes: repeatMinutes,
    Enabled: enabled,
  },

  errors: {
    'InvalidAlertRuleId.NotFound': [404, 'The specified rule does not exist.', '指定的规则不存在。'],
    ...ruleErrors,
  },

  result: {},

  async run(context, params) {
    const { caller, alerts, circumstances, fail } = context
    const { AlertRuleId, Name, SmartAGIds, ChannelIds, RepeatMinutes, Enabled } = params
    const rule = await alerts.rules.find(caller.accountId, AlertRuleId)
    if (rule === undefined) throw fail('InvalidAlertRuleId.NotFound')
    const quiet = quietHoursOf(params, rule.quiet)
    if (quiet === 'wrong') throw fail('InvalidAlertRule.QuietHours')
    if (needlessThreshold(rule.kind, params) !== undefined) throw fail('InvalidAlertRule.Threshold')
    const missing = await missingOf(context, params)
    if (missing !== undefined) throw fail(missing)
    const isEnabled = Enabled ?? rule.isEnabled
    await alerts.rules.set({
      ...rule,
      name: Name ?? rule.name,
      threshold: thresholdOf(rule.kind, params, rule.threshold),
      instanceIds: SmartAGIds === undefined ? rule.instanceIds : instancesOf(SmartAGIds),
      channelIds: ChannelIds === undefined ? rule.channelIds : [...new Set(ChannelIds)],
      quiet,
      repeatMinutes: RepeatMinutes ?? rule.repeatMinutes,
      isEnabled,
    })
    if (!isEnabled) await alerts.closeOfRule(rule.id, circumstances.at)
    return {}
  },
})
