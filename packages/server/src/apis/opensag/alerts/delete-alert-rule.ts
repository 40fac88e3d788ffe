import { operation } from '../../operation.ts'
import { alertRuleId } from './alert-params.ts'

export const deleteAlertRule = operation({
  name: 'DeleteAlertRule',
  family: 'alerts',
  about: { en: 'Delete a rule. Its alerts close, and nobody is told.', zh: '删除规则。其告警随之关闭，不发送通知。' },
  source: 'OpenSAG 2026-12-01, DeleteAlertRule',
  access: {
    action: 'opensag:DeleteAlertRule',
    level: 'Write',
    resource: 'acs:opensag:*:{account}:alertrule/{AlertRuleId}',
    dependent: [],
  },
  transaction: 'write',

  params: { AlertRuleId: alertRuleId.required() },

  errors: { 'InvalidAlertRuleId.NotFound': [404, 'The specified rule does not exist.', '指定的规则不存在。'] },

  result: {},

  async run({ caller, alerts, circumstances, fail }, { AlertRuleId }) {
    const rule = await alerts.rules.find(caller.accountId, AlertRuleId)
    if (rule === undefined) throw fail('InvalidAlertRuleId.NotFound')
    await alerts.closeOfRule(rule.id, circumstances.at)
    await alerts.rules.remove(rule.id)
    return {}
  },
})
