import { boolean, booleanField, direct, integerField, stringField } from '../../declare/index.ts'
import { formatUtc } from '../../model/utc-time.ts'
import type { ConsoleSession, SessionPlace } from '../../store/access/console-sessions.ts'
import { operation } from '../operation.ts'
import { nextToken, placeIn, tokenOf } from '../paging.ts'
import { checkMayManage, forbiddenRow, ownerOf } from './console-session-rights.ts'
import { maxResults } from './history-params.ts'

export const listConsoleSessions = operation({
  name: 'ListConsoleSessions',
  family: 'opensag',
  about: {
    en: 'List the console sessions of the caller that have not ended, the newest first. With `AllUsers` those of the whole account, which needs `opensag:ManageConsoleSessions` on `*`.',
    zh: '查询调用者未结束的控制台会话，新的在前。指定 `AllUsers` 时查询整个账号的会话，需要对 `*` 授权 `opensag:ManageConsoleSessions`。',
  },
  source: 'OpenSAG 2026-12-01, ListConsoleSessions',
  // Of one's own; it asks about those of others by itself.
  access: { action: 'opensag:ListConsoleSessions', level: 'List', resource: '*', dependent: [], open: true },
  transaction: 'listing',

  params: {
    AllUsers: boolean()
      .default(false)
      .example('false')
      .about('Whether those of all users are listed.', '是否查询所有用户的会话。'),
    MaxResults: maxResults,
    NextToken: nextToken(placeOf, tokenOf('1706702400000 STS.NUgYrLnoC37mZZCNn')),
  },

  errors: { ...forbiddenRow },

  result: {
    Sessions: direct({
      SessionId: stringField,
      UserName: stringField,
      CreateDate: stringField,
      LastUseDate: stringField,
      ExpirationDate: stringField,
      SourceIp: stringField,
      Browser: stringField,
      MFAPresent: booleanField,
      LogonMethod: stringField,
      IsCurrent: booleanField,
    }),
    MaxResults: integerField,
    NextToken: stringField,
  },

  async run(context, { AllUsers, MaxResults, NextToken: before }) {
    const { caller, unit, circumstances } = context
    if (AllUsers) await checkMayManage(context)
    const userId = AllUsers ? undefined : ownerOf(caller)
    // A session of a role is none of the console.
    if (!AllUsers && userId === undefined) return { Sessions: [], MaxResults, NextToken: undefined }
    const { accountId } = caller
    const query = { accountId, userId, now: circumstances.at, before, most: MaxResults }
    const { sessions, next } = await unit.read(({ consoleSessions }) => consoleSessions.list(query))
    return {
      Sessions: sessions.map((session) => ({ ...shown(session), IsCurrent: session.id === caller.accessKeyId })),
      MaxResults,
      NextToken: next && tokenOf(`${next.createdAt} ${next.id}`),
    }
  },
})

function shown({ id, user, createdAt, lastUsedAt, expiresAt, source, browser, mfaPresent, method }: ConsoleSession) {
  return {
    SessionId: id,
    UserName: user?.name,
    CreateDate: formatUtc(createdAt),
    LastUseDate: lastUsedAt === undefined ? undefined : formatUtc(lastUsedAt),
    ExpirationDate: formatUtc(expiresAt),
    SourceIp: source,
    Browser: browser,
    MFAPresent: mfaPresent,
    LogonMethod: method,
  }
}

function placeOf(token: string): SessionPlace | undefined {
  const [, createdAt, id] = /^(\d{1,15}) (STS\.\w{1,64})$/.exec(placeIn(token)) ?? []
  return createdAt === undefined || id === undefined ? undefined : { createdAt: Number(createdAt), id }
}
