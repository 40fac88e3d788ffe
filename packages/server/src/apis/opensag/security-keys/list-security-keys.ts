import { direct, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { rows } from '../../ram/error-rows.ts'
import { checkMay, forbiddenRow } from '../console-session-rights.ts'
import { moment } from '../history-params.ts'
import { ramUserName, userResource } from './security-key-params.ts'

export const listSecurityKeys = operation({
  name: 'ListSecurityKeys',
  family: 'security-keys',
  about: {
    en: 'List the security keys of the caller, the oldest first. Those of another user need `ram:GetUserMFAInfo` on that user.',
    zh: '查询调用者的安全密钥，旧的在前。查询其他用户需要对该用户授权 `ram:GetUserMFAInfo`。',
  },
  source: 'OpenSAG 2026-12-01, ListSecurityKeys',
  // Of one's own; it asks about those of others by itself.
  access: { action: 'opensag:ListSecurityKeys', level: 'List', resource: '*', dependent: [], open: true },
  transaction: 'listing',

  params: { UserName: ramUserName },

  errors: { ...forbiddenRow, ...rows('EntityNotExist.User') },

  result: {
    SecurityKeys: direct({
      SecurityKeyId: stringField,
      Name: stringField,
      Host: stringField,
      CreateDate: stringField,
      LastUseDate: stringField,
    }),
  },

  async run(context, { UserName }) {
    const { caller, unit, fail } = context
    const own = caller.kind === 'RAMUser' ? caller.userName : undefined
    const name = UserName ?? own
    // The account itself and roles have none.
    if (name === undefined) return { SecurityKeys: [] }
    if (name !== own) await checkMay(context, 'ram:GetUserMFAInfo', userResource(caller.accountId, name))
    const keys = await unit.read(async ({ ram }) => {
      const user = await ram.users.user(caller.accountId, name)
      return user && ram.securityKeys.of(user.id)
    })
    if (keys === undefined) throw fail('EntityNotExist.User')
    return {
      SecurityKeys: keys.map((key) => ({
        SecurityKeyId: key.id,
        Name: key.name,
        Host: key.rpId,
        CreateDate: moment(key.createdAt),
        LastUseDate: moment(key.lastUsedAt),
      })),
    }
  },
})
