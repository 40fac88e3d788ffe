import { stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { alertChannelId } from './alert-params.ts'

export const testAlertChannel = operation({
  name: 'TestAlertChannel',
  family: 'alerts',
  about: {
    en: 'Send a test message now. `Outcome` is `Sent`, or `Failed` with the reason in `Failure`.',
    zh: '立即发送一条测试消息。`Outcome` 为 `Sent`，或 `Failed`（原因见 `Failure`）。',
  },
  source: 'OpenSAG 2026-12-01, TestAlertChannel',
  access: {
    action: 'opensag:TestAlertChannel',
    level: 'Write',
    resource: 'acs:opensag:*:{account}:alertchannel/{AlertChannelId}',
    dependent: [],
  },
  transaction: 'device',

  params: { AlertChannelId: alertChannelId.required() },

  errors: {
    'InvalidAlertChannelId.NotFound': [404, 'The specified channel does not exist.', '指定的渠道不存在。'],
  },

  result: { Outcome: stringField, Failure: stringField },

  async run({ caller, unit, ids, sendAlert, circumstances, fail }, { AlertChannelId }) {
    const { accountId } = caller
    const channel = await unit.read(({ alerts }) => alerts.channels.find(accountId, AlertChannelId))
    if (channel === undefined) throw fail('InvalidAlertChannelId.NotFound')
    const { at } = circumstances
    const failure = await sendAlert(channel, {
      ...{ id: ids.withPrefix('msg-'), occasion: 'Test', accountId, at, alerts: [] },
      rule: { id: '', name: '', kind: 'GatewayOffline', threshold: 0 },
    })
    await unit.write(({ alerts }) => alerts.channels.note(channel.id, at, failure))
    return { Outcome: failure === undefined ? 'Sent' : 'Failed', Failure: failure }
  },
})
