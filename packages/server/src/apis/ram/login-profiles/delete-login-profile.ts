import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingLoginProfile, existingUser } from '../find-or-refuse.ts'
import { userName } from '../params.ts'

export const deleteLoginProfile = operation({
  name: 'DeleteLoginProfile',
  family: 'login-profiles',
  about: {
    en: 'No longer let a RAM user log on to the console. Its console sessions end.',
    zh: '关闭 RAM 用户的控制台登录，其控制台会话随之结束。',
  },
  source: 'Ram 2015-05-01, DeleteLoginProfile',
  access: {
    action: 'ram:DeleteLoginProfile',
    level: 'Write',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'write',

  params: { UserName: userName('UserName').required() },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User', 'EntityNotExist.User.LoginProfile') },

  result: {},

  async run(context, { UserName }) {
    const user = await existingUser(context, UserName)
    await existingLoginProfile(context, user)
    await context.ram.loginProfiles.remove(user)
    return {}
  },
})
