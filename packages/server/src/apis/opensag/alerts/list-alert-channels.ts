import { booleanField, direct, stringField, text } from '../../../declare/index.ts'
import { channelKinds } from '../../../model/alert.ts'
import type { AlertChannel } from '../../../store/alerts/channels.ts'
import { operation } from '../../operation.ts'
import { moment } from '../history-params.ts'

export const listAlertChannels = operation({
  name: 'ListAlertChannels',
  family: 'alerts',
  about: {
    en: 'List the channels, the oldest first. `Target` is a mail address, or of a URL the host and the last four characters.',
    zh: '查询告警渠道，旧的在前。`Target` 为邮件地址，或 URL 的主机名和末四位字符。',
  },
  source: 'OpenSAG 2026-12-01, ListAlertChannels',
  access: {
    action: 'opensag:ListAlertChannels',
    level: 'List',
    resource: 'acs:opensag:*:{account}:alertchannel/*',
    dependent: [],
  },
  transaction: 'read',

  params: {
    Kind: text()
      .oneOf(...channelKinds)
      .example('Mail')
      .about('Only channels of this kind.', '只查询该类型的渠道。'),
  },

  errors: {},

  result: {
    AlertChannels: direct({
      AlertChannelId: stringField,
      Name: stringField,
      Kind: stringField,
      Target: stringField,
      IsSigned: booleanField,
      Language: stringField,
      LastSentTime: stringField,
      LastFailedTime: stringField,
      LastFailure: stringField,
    }),
  },

  async run({ caller, alerts }, { Kind }) {
    const channels = await alerts.channels.of(caller.accountId)
    return {
      AlertChannels: channels
        .filter(({ kind }) => Kind === undefined || kind === Kind)
        .map((channel) => ({
          AlertChannelId: channel.id,
          Name: channel.name,
          Kind: channel.kind,
          Target: shownTarget(channel),
          IsSigned: channel.secret !== undefined,
          Language: channel.language,
          LastSentTime: moment(channel.sentAt),
          LastFailedTime: moment(channel.failedAt),
          LastFailure: channel.failure,
        })),
    }
  },
})

function shownTarget({ kind, target }: AlertChannel): string {
  const text = target.reveal()
  return kind === 'Mail' ? text : `${new URL(text).host}…${text.slice(-4)}`
}
