import { hashClientPassword } from '../../../access/client-passwords.ts'
import { isAcceptablePassword, passwordRulesFor } from '../../../access/new-login-password.ts'
import { objectField } from '../../../declare/index.ts'
import type { Repositories } from '../../../store/repositories.ts'
import { operation } from '../../operation.ts'
import { loginProfileFields, shownLoginProfile } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { existingUser } from '../find-or-refuse.ts'
import { mfaBindRequired, newPassword, passwordResetRequired, userName } from '../params.ts'

export const createLoginProfile = operation({
  name: 'CreateLoginProfile',
  family: 'login-profiles',
  about: {
    en: 'Let a RAM user log on to the console with a password, which is kept as a hash only.',
    zh: '为 RAM 用户启用控制台登录。密码仅以哈希形式保存。',
  },
  source: 'Ram 2015-05-01, CreateLoginProfile',
  access: {
    action: 'ram:CreateLoginProfile',
    level: 'Write',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'device',

  params: {
    UserName: userName('UserName').required(),
    Password: newPassword('InvalidParameter.Password.TooWeak').required(),
    PasswordResetRequired: passwordResetRequired.default(false),
    MFABindRequired: mfaBindRequired.default(false),
  },

  errors: {
    ...badName('UserName'),
    ...rows('InvalidParameter.Password.TooWeak', 'EntityNotExist.User', 'EntityAlreadyExists.User.LoginProfile'),
  },

  result: { LoginProfile: objectField(loginProfileFields) },

  async run({ unit, caller, now, fail }, { UserName, Password, PasswordResetRequired, MFABindRequired }) {
    async function userWithout({ ram }: Repositories) {
      const user = await existingUser({ ram, caller, fail }, UserName)
      if ((await ram.loginProfiles.of(user.id)) !== undefined) throw fail('EntityAlreadyExists.User.LoginProfile')
      return user
    }

    const rules = await unit.read(async (found) => passwordRulesFor(found.ram, await userWithout(found), undefined))
    if (!(await isAcceptablePassword(rules, Password))) throw fail('InvalidParameter.Password.TooWeak')
    const passwordHash = await hashClientPassword(Password)
    const profile = { passwordHash, passwordResetRequired: PasswordResetRequired, mfaBindRequired: MFABindRequired }
    const user = await unit.write(async (repositories) => {
      // Much may have happened while the password was hashed.
      const found = await userWithout(repositories)
      await repositories.ram.loginProfiles.add(found, profile, now)
      return found
    })
    return { LoginProfile: shownLoginProfile(user, { ...profile, createdAt: now }) }
  },
})
