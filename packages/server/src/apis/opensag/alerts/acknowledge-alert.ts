import { principal } from '../../../access/caller.ts'
import { text } from '../../../declare/index.ts'
import { isMoment } from '../../../model/alert.ts'
import { operation } from '../../operation.ts'

export const acknowledgeAlert = operation({
  name: 'AcknowledgeAlert',
  family: 'alerts',
  about: {
    en: 'Say that somebody looks after an open alert: it is not told again. One about an event closes with that.',
    zh: '确认一条未处理的告警：不再重复通知。关于某个事件的告警随之关闭。',
  },
  source: 'OpenSAG 2026-12-01, AcknowledgeAlert',
  access: {
    action: 'opensag:AcknowledgeAlert',
    level: 'Write',
    resource: 'acs:opensag:*:{account}:alert/{AlertId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    AlertId: text()
      .required()
      .matches(/^alert-[a-z0-9]{1,40}$/)
      .example('alert-l934tsa5504yuc0000')
      .about('The ID of the alert.', '告警的 ID。'),
  },

  errors: {
    'InvalidAlertId.NotFound': [404, 'The specified alert does not exist.', '指定的告警不存在。'],
    'IncorrectStatus.Alert': [400, 'The alert is not open.', '该告警不是未处理状态。'],
  },

  result: {},

  async run({ caller, alerts, circumstances, fail }, { AlertId }) {
    const alert = await alerts.find(caller.accountId, AlertId)
    if (alert === undefined) throw fail('InvalidAlertId.NotFound')
    if (alert.state !== 'Open') throw fail('IncorrectStatus.Alert')
    await alerts.acknowledge(alert.id, principal(caller), circumstances.at, isMoment(alert))
    return {}
  },
})
