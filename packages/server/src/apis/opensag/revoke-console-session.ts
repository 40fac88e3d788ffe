import { text } from '../../declare/index.ts'
import { operation } from '../operation.ts'
import { checkMayManage, forbiddenRow, isOwn } from './console-session-rights.ts'

export const revokeConsoleSession = operation({
  name: 'RevokeConsoleSession',
  family: 'opensag',
  about: {
    en: 'End a console session, at once and on every node. One of somebody else needs `opensag:ManageConsoleSessions` on `*`.',
    zh: '结束一个控制台会话，立即在所有节点生效。结束他人的会话需要对 `*` 授权 `opensag:ManageConsoleSessions`。',
  },
  source: 'OpenSAG 2026-12-01, RevokeConsoleSession',
  access: { action: 'opensag:RevokeConsoleSession', level: 'Write', resource: '*', dependent: [], open: true },
  // Policies are read between its units of work.
  transaction: 'device',

  params: {
    SessionId: text()
      .required()
      .matches(/^STS\.\w{1,64}$/)
      .example('STS.NUgYrLnoC37mZZCNnZhkcbcfd')
      .about('The session, as ListConsoleSessions names it.', '会话 ID，由 ListConsoleSessions 返回。'),
  },

  errors: {
    ...forbiddenRow,
    'EntityNotExist.Session': [404, 'The console session does not exist.', '控制台会话不存在。'],
  },

  result: {},

  async run(context, { SessionId }) {
    const { caller, unit, circumstances, fail } = context
    const found = await unit.read(({ consoleSessions }) =>
      consoleSessions.session(caller.accountId, SessionId, circumstances.at),
    )
    // Names of sessions cannot be guessed: that there is one tells whoever knows its name nothing new.
    if (found === undefined) throw fail('EntityNotExist.Session')
    if (!isOwn(found, caller)) await checkMayManage(context)
    await unit.write(({ sessions }) => sessions.end(SessionId))
    return {}
  },
})
