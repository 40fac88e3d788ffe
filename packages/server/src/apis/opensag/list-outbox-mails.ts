import { direct, integer, longField, stringField } from '../../declare/index.ts'
import { operation } from '../operation.ts'

export const listOutboxMails = operation({
  name: 'ListOutboxMails',
  family: 'opensag',
  about: {
    en: 'Show the mails a sandbox would have sent about instances of the account, the newest first, with the passwords in them.',
    zh: '查看沙箱中与本账号实例相关的待发邮件，新的在前，包含其中的密码。',
  },
  source: 'OpenSAG 2026-12-01, ListOutboxMails',
  access: { action: 'opensag:ListOutboxMails', level: 'List', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    MaxResults: integer()
      .range(1, 100)
      .default(100)
      .example('100')
      .about(
        'Mails in one answer, up to 100; a sandbox keeps no more.',
        '返回的邮件数，最大 100，沙箱保留的邮件不超过此数。',
      ),
  },

  errors: {
    OutboxNotSupported: [403, 'This server hands its mails to a mail server.', '该服务器的邮件交由邮件服务器发送。'],
  },

  result: {
    Mails: direct({
      Time: longField,
      To: stringField,
      SmartAGId: stringField,
      Subject: stringField,
      Text: stringField,
    }),
  },

  async run({ caller, fleet, outbox, fail }, { MaxResults }) {
    if (outbox === undefined) throw fail('OutboxNotSupported')
    const kept = outbox.list()
    const ids = [...new Set(kept.map(({ instanceId }) => instanceId))]
    const owned = await fleet.overview({ accountId: caller.accountId, ids }, ids.length)
    const own = new Set(owned.map(({ instance }) => instance.id))
    return {
      Mails: kept
        .filter((mail) => own.has(mail.instanceId) || mail.accountId === caller.accountId)
        .slice(0, MaxResults)
        .map(({ at, to, instanceId, subject, text }) => ({
          Time: at,
          To: to,
          SmartAGId: instanceId,
          Subject: subject,
          // The one place where a mail is shown: it went nowhere else.
          Text: text.reveal(),
        })),
    }
  },
})
