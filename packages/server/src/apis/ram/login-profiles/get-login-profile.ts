import { objectField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { loginProfileFields, shownLoginProfile } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { existingLoginProfile, existingUser } from '../find-or-refuse.ts'
import { userName } from '../params.ts'

export const getLoginProfile = operation({
  name: 'GetLoginProfile',
  family: 'login-profiles',
  about: {
    en: 'Show how a RAM user logs on to the console; never the password.',
    zh: '查询 RAM 用户的控制台登录配置，不返回密码。',
  },
  source: 'Ram 2015-05-01, GetLoginProfile',
  access: {
    action: 'ram:GetLoginProfile',
    level: 'Read',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'read',

  params: { UserName: userName('UserName').required() },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User', 'EntityNotExist.User.LoginProfile') },

  result: { LoginProfile: objectField(loginProfileFields) },

  async run(context, { UserName }) {
    const user = await existingUser(context, UserName)
    return { LoginProfile: shownLoginProfile(user, await existingLoginProfile(context, user)) }
  },
})
