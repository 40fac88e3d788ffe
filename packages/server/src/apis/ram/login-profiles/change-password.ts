import { hashClientPassword, verifyClientPassword } from '../../../access/client-passwords.ts'
import { isAcceptablePassword, passwordRulesFor } from '../../../access/new-login-password.ts'
import { secret } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { rows } from '../error-rows.ts'
import { newPassword } from '../params.ts'

export const changePassword = operation({
  name: 'ChangePassword',
  family: 'login-profiles',
  about: {
    en: 'Change the password with which the RAM user who calls logs on to the console.',
    zh: '修改调用者（RAM 用户）自己的控制台登录密码。',
  },
  source: 'Ram 2015-05-01, ChangePassword',
  access: { action: 'ram:ChangePassword', level: 'Write', resource: 'acs:ram:*:{account}:user/{self}', dependent: [] },
  transaction: 'device',

  params: {
    OldPassword: secret(/^[\s\S]*$/)
      .required()
      .example('Night-Shift_2023')
      .about('The password there is now.', '当前密码。'),
    NewPassword: newPassword('InvalidParameter.NewPassword.TooWeak').required(),
  },

  errors: {
    ...rows('InvalidParameter.NewPassword.TooWeak', 'NotSupport.Account'),
    'EntityNotExist.User.LoginProfile': [
      404,
      'The user login profile does not exist.',
      '用户未启用控制台登录。',
      {
        en: 'The page has no code for a user without a password; other operations have this one.',
        zh: '该页没有“用户未设置密码”的错误码，采用其他操作的错误码。',
      },
    ],
    ...rows('InvalidParameter.OldPassword.Incorrect'),
  },

  result: {},

  async run({ unit, caller, now, fail }, { OldPassword, NewPassword }) {
    if (caller.kind !== 'RAMUser') throw fail('NotSupport.Account')
    const { userId } = caller
    const { profile, rules } = await unit.read(async ({ ram }) => {
      const user = await ram.users.userById(userId)
      const profile = await ram.loginProfiles.of(userId)
      return { profile, rules: user === undefined ? undefined : await passwordRulesFor(ram, user, profile) }
    })
    if (profile === undefined || rules === undefined) throw fail('EntityNotExist.User.LoginProfile')
    const { passwordHash: verified } = profile
    if (!(await verifyClientPassword(verified, OldPassword))) throw fail('InvalidParameter.OldPassword.Incorrect')

    if (!(await isAcceptablePassword(rules, NewPassword))) throw fail('InvalidParameter.NewPassword.TooWeak')
    const passwordHash = await hashClientPassword(NewPassword)
    await unit.write(async ({ ram }) => {
      const user = await ram.users.userById(userId)
      const present = user && (await ram.loginProfiles.of(user.id))
      if (user === undefined || present === undefined) throw fail('EntityNotExist.User.LoginProfile')
      // Somebody changed it meanwhile: the one that was proved is no longer the one there is.
      if (present.passwordHash !== verified) throw fail('InvalidParameter.OldPassword.Incorrect')
      await ram.loginProfiles.change(user, { passwordHash, passwordResetRequired: false }, now)
    })
    return {}
  },
})
