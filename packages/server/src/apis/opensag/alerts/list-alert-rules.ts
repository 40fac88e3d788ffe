import { direct, text } from '../../../declare/index.ts'
import { alertKinds } from '../../../model/alert.ts'
import { operation } from '../../operation.ts'
import { ruleShape, shownRule } from './alert-params.ts'

export const listAlertRules = operation({
  name: 'ListAlertRules',
  family: 'alerts',
  about: {
    en: 'List the rules, the oldest first. No `SmartAGIds`: every instance.',
    zh: '查询告警规则，旧的在前。`SmartAGIds` 为空表示全部实例。',
  },
  source: 'OpenSAG 2026-12-01, ListAlertRules',
  access: {
    action: 'opensag:ListAlertRules',
    level: 'List',
    resource: 'acs:opensag:*:{account}:alertrule/*',
    dependent: [],
  },
  transaction: 'read',

  params: {
    Kind: text()
      .oneOf(...alertKinds)
      .example('GatewayOffline')
      .about('Only rules of this kind.', '只查询该类型的规则。'),
  },

  errors: {},

  result: { AlertRules: direct(ruleShape) },

  async run({ caller, alerts }, { Kind }) {
    const rules = await alerts.rules.of(caller.accountId)
    return { AlertRules: rules.filter(({ kind }) => Kind === undefined || kind === Kind).map(shownRule) }
  },
})
