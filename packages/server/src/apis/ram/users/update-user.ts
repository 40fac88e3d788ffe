import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { shownUser, userFields } from '../answers.ts'
import { badFormat, badName, rows, tooLong } from '../error-rows.ts'
import { existingUser } from '../find-or-refuse.ts'
import { comments, displayName, email, mobilePhone, userName } from '../params.ts'

export const updateUser = operation({
  name: 'UpdateUser',
  family: 'users',
  about: {
    en: 'Change the facts of a RAM user, also its name. What is not given stays, what is given empty is cleared; keys, groups and policies stay too.',
    zh: '修改 RAM 用户的信息，也可修改用户名。未填写的信息不变，填写为空则清除，AccessKey、用户组和权限策略也不变。',
  },
  source: 'Ram 2015-05-01, UpdateUser',
  access: { action: 'ram:UpdateUser', level: 'Write', resource: 'acs:ram:*:{account}:user/{UserName}', dependent: [] },
  transaction: 'write',

  params: {
    UserName: userName('UserName').required(),
    NewUserName: userName('NewUserName').blank('InvalidParameter.NewUserName.Length').example('alice.b'),
    NewDisplayName: displayName('NewDisplayName').clearable(),
    NewMobilePhone: mobilePhone('NewMobilePhone').clearable(),
    NewEmail: email('NewEmail').clearable(),
    NewComments: comments('NewComments').clearable(),
  },

  errors: {
    ...badName('UserName'),
    ...badName('NewUserName'),
    ...badName('NewDisplayName'),
    ...tooLong('NewComments'),
    ...badFormat('NewMobilePhone'),
    ...badFormat('NewEmail'),
    ...rows('EntityNotExist.User', 'EntityAlreadyExists.User'),
  },

  result: { User: objectField({ ...userFields, UpdateDate: stringField }) },

  async run(context, params) {
    const { ram, caller, now, fail } = context
    const user = await existingUser(context, params.UserName)
    const name = params.NewUserName === user.name ? undefined : params.NewUserName
    if (name !== undefined && (await ram.users.user(caller.accountId, name)) !== undefined) {
      throw fail('EntityAlreadyExists.User')
    }

    const change = {
      name,
      displayName: params.NewDisplayName,
      mobilePhone: params.NewMobilePhone,
      email: params.NewEmail,
      comments: params.NewComments,
    }
    await ram.users.change(user, change, now)
    return { User: shownUser(await existingUser(context, name ?? user.name)) }
  },
})
