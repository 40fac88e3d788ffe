import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingUser } from '../find-or-refuse.ts'
import { userName } from '../params.ts'

export const deleteUser = operation({
  name: 'DeleteUser',
  family: 'users',
  about: {
    en: 'Delete a RAM user that is in no group and has no access key, no login profile and no policy.',
    zh: '删除 RAM 用户。用户须不属于任何用户组，且没有 AccessKey、登录配置和权限策略。',
  },
  source: 'Ram 2015-05-01, DeleteUser',
  access: { action: 'ram:DeleteUser', level: 'Write', resource: 'acs:ram:*:{account}:user/{UserName}', dependent: [] },
  transaction: 'write',

  params: { UserName: userName('UserName').required() },

  errors: {
    ...badName('UserName'),
    ...rows(
      'EntityNotExist.User',
      'DeleteConflict.User.Group',
      'DeleteConflict.User.AccessKey',
      'DeleteConflict.User.LoginProfile',
      'DeleteConflict.User.MFADevice',
      'DeleteConflict.User.Policy',
    ),
  },

  result: {},

  async run(context, { UserName }) {
    const { ram, fail } = context
    const user = await existingUser(context, UserName)
    if ((await ram.groups.groupsOf(user)).length > 0) throw fail('DeleteConflict.User.Group')
    const keys = await ram.keys.keysOf({ accountId: user.accountId, userId: user.id })
    if (keys.length > 0) throw fail('DeleteConflict.User.AccessKey')
    if ((await ram.loginProfiles.of(user.id)) !== undefined) throw fail('DeleteConflict.User.LoginProfile')
    if ((await ram.mfaDevices.of(user.id)) !== undefined) throw fail('DeleteConflict.User.MFADevice')
    const attached = await ram.attachments.to({ kind: 'user', id: user.id })
    if (attached.length > 0) throw fail('DeleteConflict.User.Policy')

    await ram.users.remove(user)
    return {}
  },
})
