import { operation } from '../operation.ts'

export const endConsoleSession = operation({
  name: 'EndConsoleSession',
  family: 'opensag',
  about: {
    en: 'End the session whose keys sign this call. They open nothing any more.',
    zh: '结束签名所用的会话，其临时密钥立即失效。',
  },
  source: 'OpenSAG: it has no counterpart',
  access: { action: 'opensag:EndConsoleSession', level: 'Write', resource: '*', dependent: [], open: true },
  transaction: 'write',

  params: {},

  errors: {
    'Session.NotFound': [400, 'The call is not signed with the keys of a session.', '请求未使用会话的密钥签名。'],
  },

  result: {},

  async run({ caller, sessions, fail }) {
    if (!caller.accessKeyId.startsWith('STS.')) throw fail('Session.NotFound')
    await sessions.end(caller.accessKeyId)
    return {}
  },
})
