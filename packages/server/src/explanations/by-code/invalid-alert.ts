import type { Explanations } from '../explanation.ts'

export const invalidAlert = {
  'InvalidAlertChannel.Secret': {
    en: ['A `Secret` was sent for a mail address or for Slack, whose messages are not signed.', 'Leave it out.'],
    zh: ['为邮件或 Slack 传入了 `Secret`，而其消息不签名。', '不传该参数。'],
  },
  'InvalidAlertChannel.Target': {
    en: [
      'Mail was sent without `Address` or with a `Url`; another kind without `Url` or with an `Address`; or the URL is none, names a user or has a fragment.',
      'Send `Address` for Mail, and for every other kind the `https://` URL that the service shows.',
    ],
    zh: [
      'Mail 未传 `Address` 或传入了 `Url`；其他类型未传 `Url` 或传入了 `Address`；或 URL 格式错误、含用户信息或片段。',
      'Mail 传入 `Address`；其他类型传入服务提供的 `https://` 地址。',
    ],
  },
  'InvalidAlertChannelId.NotFound': {
    en: ['The account has no channel with this ID.', 'ListAlertChannels shows its channels.'],
    zh: ['账号没有此 ID 的渠道。', '渠道见 ListAlertChannels。'],
  },
  'InvalidAlertId.NotFound': {
    en: ['The account has no alert with this ID, or it has been forgotten.', 'ListAlerts shows its alerts.'],
    zh: ['账号没有此 ID 的告警，或其记录已被清除。', '告警见 ListAlerts。'],
  },
  'InvalidAlertRule.QuietHours': {
    en: [
      'Only one of `QuietFrom` and `QuietTo` is there, or they are the same time.',
      'Send both, or leave both out; to take quiet hours away, send both empty.',
    ],
    zh: ['`QuietFrom` 和 `QuietTo` 只有一个，或两者相同。', '同时传入两者，或都不传；取消免打扰时都传空值。'],
  },
  'InvalidAlertRule.Threshold': {
    en: [
      '`Minutes` go with GatewayOffline and Unsynchronized only, `Days` with SubscriptionEnding only.',
      'Leave out what does not go with the kind of the rule.',
    ],
    zh: [
      '`Minutes` 只适用于 GatewayOffline 和 Unsynchronized，`Days` 只适用于 SubscriptionEnding。',
      '不传与规则类型不符的参数。',
    ],
  },
  'InvalidAlertRuleId.NotFound': {
    en: ['The account has no rule with this ID.', 'ListAlertRules shows its rules.'],
    zh: ['账号没有此 ID 的规则。', '规则见 ListAlertRules。'],
  },
} as const satisfies Explanations<'InvalidAlert'>
