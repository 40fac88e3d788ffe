import { boundedSource } from '../../access/audit-facts.ts'
import { browserFamily } from '../../access/browser-family.ts'
import { principal } from '../../access/caller.ts'
import { integer, objectField, stringField } from '../../declare/index.ts'
import { operation } from '../operation.ts'
import { basisOf } from '../sts/basis.ts'
import { shownCredentials } from '../sts/credentials.ts'

export const createConsoleSession = operation({
  name: 'CreateConsoleSession',
  family: 'opensag',
  about: {
    en: 'Exchange an access key for temporary keys of the same caller, so that a browser need not keep the lasting ones.',
    zh: '用访问密钥换取同一身份的临时密钥，浏览器因此无需保存长期密钥。',
  },
  source: 'OpenSAG: it has no counterpart',
  // It gives nothing that the key which signs does not have.
  access: { action: 'opensag:CreateConsoleSession', level: 'Write', resource: '*', dependent: [], open: true },
  transaction: 'write',

  params: {
    DurationSeconds: integer()
      .range(900, 43_200)
      .default(28_800)
      .example('28800')
      .about('How long the session lasts, from 900 seconds to 12 hours.', '会话有效期，900 秒至 12 小时。'),
  },

  errors: {
    'Session.OfSession': [403, 'A session cannot begin another console session.', '会话不能再创建控制台会话。'],
  },

  result: {
    Credentials: objectField({
      AccessKeyId: stringField,
      AccessKeySecret: stringField,
      SecurityToken: stringField,
      Expiration: stringField,
    }),
  },

  async run(context, { DurationSeconds }) {
    const { caller, sessions, ids, circumstances, fail } = context
    // Or who has got hold of a session could keep it alive for ever.
    if (caller.kind === 'AssumedRole' || caller.accessKeyId.startsWith('STS.')) throw fail('Session.OfSession')
    const credentials = { ...ids.sessionCredentials(), expiresAt: circumstances.at + DurationSeconds * 1000 }
    await sessions.add({
      credentials,
      accountId: caller.accountId,
      basis: (await basisOf(context, caller)) ?? {},
      begunBy: principal(caller),
      from: { source: boundedSource(circumstances.sourceIp), browser: browserFamily(circumstances.userAgent) },
      createdAt: circumstances.at,
    })
    return { Credentials: shownCredentials(credentials) }
  },
})
