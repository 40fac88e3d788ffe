import type { Ram } from '../../../store/access/ram.ts'
import { operation } from '../../operation.ts'
import { checkMay, forbiddenRow } from '../console-session-rights.ts'
import { checkOwnPassword, ownLogon, ownLogonRows, wrongPasswordRow } from './own-logon.ts'
import { ownPassword, securityKeyId, userResource } from './security-key-params.ts'

export const deleteSecurityKey = operation({
  name: 'DeleteSecurityKey',
  family: 'security-keys',
  about: {
    en: 'Delete a security key: one of one’s own with the password, any with `ram:UnbindMFADevice` on its user.',
    zh: '删除安全密钥：自己的密钥凭密码删除；对其用户授权 `ram:UnbindMFADevice` 时可删除任意密钥。',
  },
  source: 'OpenSAG 2026-12-01, DeleteSecurityKey',
  access: { action: 'opensag:DeleteSecurityKey', level: 'Write', resource: '*', dependent: [], open: true },
  transaction: 'device',

  params: {
    SecurityKeyId: securityKeyId.required(),
    OwnPassword: ownPassword
      .example('Night-Shift_2024')
      .about('The password of the caller, for a key of their own.', '调用者的密码，用于删除自己的密钥。'),
  },

  errors: {
    'EntityNotExist.SecurityKey': [404, 'The security key does not exist.', '安全密钥不存在。'],
    ...forbiddenRow,
    ...ownLogonRows,
    ...wrongPasswordRow,
    'SecurityKey.LastFactor': [
      403,
      'The user must have a second factor, and has no other.',
      '用户必须有多因素认证方式，且没有其他方式。',
    ],
  },

  result: {},

  async run(context, { SecurityKeyId, OwnPassword }) {
    const { caller, unit, fail } = context
    const { accountId } = caller
    const found = await unit.read(async ({ ram }) => {
      const key = await ram.securityKeys.find(accountId, SecurityKeyId)
      const user = key && (await ram.users.userById(key.userId))
      return key && user && { key, user }
    })
    // Names of keys cannot be guessed: that there is one tells whoever knows its name nothing new.
    if (found === undefined) throw fail('EntityNotExist.SecurityKey')
    const isOwn = OwnPassword !== undefined && caller.kind === 'RAMUser' && caller.userId === found.user.id
    if (isOwn) await checkOwnPassword(context, await ownLogon(context), OwnPassword)
    else await checkMay(context, 'ram:UnbindMFADevice', userResource(accountId, found.user.name))
    await unit.write(async ({ ram }) => {
      // Nobody locks themselves out. Somebody else may do so, who can also bind another factor.
      if (isOwn && (await isLastFactor(ram, found.user.id))) throw fail('SecurityKey.LastFactor')
      await ram.securityKeys.remove(found.key)
    })
    return {}
  },
})

/** Whether a user who must have a second factor has none but one key. */
async function isLastFactor(ram: Ram, userId: string): Promise<boolean> {
  const profile = await ram.loginProfiles.of(userId)
  if (profile?.mfaBindRequired !== true || (await ram.mfaDevices.of(userId)) !== undefined) return false
  return (await ram.securityKeys.of(userId)).length === 1
}
