import { Secret } from '@opensag/protocol'
import { secret, stringField, text } from '../../../declare/index.ts'
import { channelKinds, channelLanguages, mostAlertChannels } from '../../../model/alert.ts'
import { operation } from '../../operation.ts'

export const createAlertChannel = operation({
  name: 'CreateAlertChannel',
  family: 'alerts',
  about: {
    en: 'Add a channel: a mail address, or a URL that alerts are posted to. What is in the URL is kept as a secret.',
    zh: '新建告警渠道：邮件地址，或接收告警的 URL。URL 的内容作为机密保存。',
  },
  source: 'OpenSAG 2026-12-01, CreateAlertChannel',
  access: {
    action: 'opensag:CreateAlertChannel',
    level: 'Write',
    resource: 'acs:opensag:*:{account}:alertchannel/*',
    dependent: [],
  },
  transaction: 'write',

  params: {
    Name: text().required().length(1, 64).example('NOC').about('The name of the channel.', '渠道名称。'),
    Kind: text()
      .required()
      .oneOf(...channelKinds)
      .example('Mail')
      .about('What is at its end.', '渠道类型。'),
    Address: text()
      .matches(/^[^\s@<>",;:\\]{1,64}@[A-Za-z0-9.-]{1,190}$/)
      .example('noc@example.com')
      .about('Of Mail: who gets the mails.', '仅用于 Mail：收件地址。'),
    Url: secret(/^[h][t][t][p][!-~]{5,2000}$/).about(
      'Of the other kinds: where alerts are posted, over HTTPS.',
      '用于其他类型：告警以 HTTPS 发送到的地址。',
    ),
    Secret: secret(/^[!-~]{8,200}$/).about(
      'What messages are signed with; Mail and Slack have none.',
      '消息签名密钥；Mail 和 Slack 没有。',
    ),
    Language: text()
      .oneOf(...channelLanguages)
      .default('en')
      .example('en')
      .about('The language of the texts.', '消息的语言。'),
  },

  errors: {
    'InvalidAlertChannel.Target': [
      400,
      'Mail needs an Address; every other kind a Url of a server, without a user and a fragment.',
      'Mail 需要 Address；其他类型需要服务器的 Url，且不含用户信息和片段。',
    ],
    'InvalidAlertChannel.Secret': [400, 'Messages of this kind are not signed.', '该类型的消息不签名。'],
    'QuotaExceeded.AlertChannel': [
      400,
      'The account has as many channels as it can have.',
      '账号的告警渠道数已达上限。',
    ],
  },

  result: { AlertChannelId: stringField },

  async run({ caller, alerts, ids, circumstances, fail }, params) {
    const { Name, Kind, Address, Url, Secret: signingSecret, Language } = params
    const isMail = Kind === 'Mail'
    const target = isMail ? Address && Secret.of(Address) : Url && Secret.of(Url.reveal())
    const other = isMail ? Url : Address
    if (!target || other !== undefined || (!isMail && !isTarget(target))) throw fail('InvalidAlertChannel.Target')
    if (signingSecret !== undefined && (isMail || Kind === 'Slack')) throw fail('InvalidAlertChannel.Secret')
    const { accountId } = caller
    if ((await alerts.channels.of(accountId)).length >= mostAlertChannels) throw fail('QuotaExceeded.AlertChannel')
    const id = ids.withPrefix('ac-')
    const createdAt = circumstances.at
    await alerts.channels.add({
      ...{ id, accountId, name: Name, kind: Kind, language: Language, target, secret: signingSecret, createdAt },
    })
    return { AlertChannelId: id }
  },
})

/** Which addresses it may lead to is decided when something is sent: names lead to others from one day to the next. */
function isTarget(target: Secret): boolean {
  const text = target.reveal()
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (!/^https?:$/.test(url.protocol)) return false
  return url.username === '' && url.password === '' && url.hash === '' && url.hostname !== ''
}
