import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { shownUser, userFields } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { existingUser } from '../find-or-refuse.ts'
import { userName } from '../params.ts'

export const getUser = operation({
  name: 'GetUser',
  family: 'users',
  about: { en: 'Show a RAM user.', zh: '查询 RAM 用户的信息。' },
  source: 'Ram 2015-05-01, GetUser',
  access: { action: 'ram:GetUser', level: 'Read', resource: 'acs:ram:*:{account}:user/{UserName}', dependent: [] },
  transaction: 'read',

  params: { UserName: userName('UserName').required() },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User') },

  result: { User: objectField({ ...userFields, UpdateDate: stringField, LastLoginDate: stringField }) },

  async run(context, { UserName }) {
    return { User: shownUser(await existingUser(context, UserName)) }
  },
})
