import { objectField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { shownUser, userFields } from '../answers.ts'
import { badFormat, badName, rows, tooLong } from '../error-rows.ts'
import { limits } from '../limits.ts'
import { comments, displayName, email, mobilePhone, userName } from '../params.ts'

export const createUser = operation({
  name: 'CreateUser',
  family: 'users',
  about: {
    en: 'Create a RAM user. Until a policy is attached to it, it may do nothing.',
    zh: '创建 RAM 用户。授予权限策略之前，用户没有任何权限。',
  },
  source: 'Ram 2015-05-01, CreateUser',
  access: { action: 'ram:CreateUser', level: 'Write', resource: 'acs:ram:*:{account}:user/*', dependent: [] },
  transaction: 'write',

  params: {
    UserName: userName('UserName').required(),
    DisplayName: displayName('DisplayName'),
    MobilePhone: mobilePhone('MobilePhone'),
    Email: email('Email'),
    Comments: comments('Comments'),
  },

  errors: {
    ...badName('UserName'),
    ...badName('DisplayName'),
    ...tooLong('Comments'),
    ...badFormat('MobilePhone'),
    ...badFormat('Email'),
    ...rows('EntityAlreadyExists.User', 'LimitExceeded.User'),
  },

  result: { User: objectField(userFields) },

  async run({ ram: { users }, caller: { accountId }, ids, now, fail }, params) {
    if ((await users.user(accountId, params.UserName)) !== undefined) throw fail('EntityAlreadyExists.User')
    if ((await users.count(accountId)) >= limits.users) throw fail('LimitExceeded.User')

    const user = {
      id: ids.principal(),
      accountId,
      name: params.UserName,
      displayName: params.DisplayName,
      mobilePhone: params.MobilePhone,
      email: params.Email,
      comments: params.Comments,
      createdAt: now,
    }
    await users.add(user)
    return { User: shownUser({ ...user, updatedAt: now, lastLoginAt: undefined }) }
  },
})
