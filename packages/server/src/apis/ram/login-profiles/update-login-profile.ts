import { hashClientPassword } from '../../../access/client-passwords.ts'
import { isAcceptablePassword, passwordRulesFor } from '../../../access/new-login-password.ts'
import type { Repositories } from '../../../store/repositories.ts'
import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingLoginProfile, existingUser } from '../find-or-refuse.ts'
import { mfaBindRequired, newPassword, passwordResetRequired, userName } from '../params.ts'

export const updateLoginProfile = operation({
  name: 'UpdateLoginProfile',
  family: 'login-profiles',
  about: {
    en: 'Set another password for the console, or what is asked at the next logon. What is not given stays.',
    zh: '修改 RAM 用户的控制台登录密码或下次登录的要求。未填写的信息不变。',
  },
  source: 'Ram 2015-05-01, UpdateLoginProfile',
  access: {
    action: 'ram:UpdateLoginProfile',
    level: 'Write',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'device',

  params: {
    UserName: userName('UserName').required(),
    Password: newPassword('InvalidParameter.Password.TooWeak').blank(),
    PasswordResetRequired: passwordResetRequired.blank(),
    MFABindRequired: mfaBindRequired.blank(),
  },

  errors: {
    ...badName('UserName'),
    ...rows('InvalidParameter.Password.TooWeak', 'EntityNotExist.User', 'EntityNotExist.User.LoginProfile'),
  },

  result: {},

  async run({ unit, caller, now, fail }, { UserName, Password, PasswordResetRequired, MFABindRequired }) {
    async function userWith({ ram }: Repositories) {
      const user = await existingUser({ ram, caller, fail }, UserName)
      return { user, profile: await existingLoginProfile({ ram, caller, fail }, user) }
    }

    const rules = await unit.read(async (repositories) => {
      const { user, profile } = await userWith(repositories)
      return passwordRulesFor(repositories.ram, user, profile)
    })
    if (Password !== undefined && !(await isAcceptablePassword(rules, Password)))
      throw fail('InvalidParameter.Password.TooWeak')
    const passwordHash = Password === undefined ? undefined : await hashClientPassword(Password)
    const change = { passwordHash, passwordResetRequired: PasswordResetRequired, mfaBindRequired: MFABindRequired }
    await unit.write(async (repositories) => {
      const { user } = await userWith(repositories)
      await repositories.ram.loginProfiles.change(user, change, now)
    })
    return {}
  },
})
