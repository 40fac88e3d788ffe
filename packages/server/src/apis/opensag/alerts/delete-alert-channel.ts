import { operation } from '../../operation.ts'
import { alertChannelId } from './alert-params.ts'

export const deleteAlertChannel = operation({
  name: 'DeleteAlertChannel',
  family: 'alerts',
  about: {
    en: 'Delete a channel that no rule has, with what waits to be sent to it.',
    zh: '删除没有规则使用的渠道，以及等待发送的消息。',
  },
  source: 'OpenSAG 2026-12-01, DeleteAlertChannel',
  access: {
    action: 'opensag:DeleteAlertChannel',
    level: 'Write',
    resource: 'acs:opensag:*:{account}:alertchannel/{AlertChannelId}',
    dependent: [],
  },
  transaction: 'write',

  params: { AlertChannelId: alertChannelId.required() },

  errors: {
    'InvalidAlertChannelId.NotFound': [404, 'The specified channel does not exist.', '指定的渠道不存在。'],
    'DependencyViolation.AlertChannel': [400, 'A rule has this channel.', '有规则使用该渠道。'],
  },

  result: {},

  async run({ caller, alerts, fail }, { AlertChannelId }) {
    const channel = await alerts.channels.find(caller.accountId, AlertChannelId)
    if (channel === undefined) throw fail('InvalidAlertChannelId.NotFound')
    const rules = await alerts.rules.of(caller.accountId)
    if (rules.some(({ channelIds }) => channelIds.includes(channel.id))) throw fail('DependencyViolation.AlertChannel')
    await alerts.channels.remove(channel.id)
    return {}
  },
})
