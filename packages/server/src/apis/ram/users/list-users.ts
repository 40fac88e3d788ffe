import { stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { shownUser, userFields } from '../answers.ts'
import { pageAsked, pageFields, pageOf, pageParams } from '../paging.ts'

export const listUsers = operation({
  name: 'ListUsers',
  family: 'users',
  about: { en: 'List the RAM users of the account, by name.', zh: '查询账号的 RAM 用户，按用户名排序。' },
  source: 'Ram 2015-05-01, ListUsers',
  access: { action: 'ram:ListUsers', level: 'List', resource: 'acs:ram:*:{account}:user/*', dependent: [] },
  transaction: 'read',

  params: pageParams,

  errors: {},

  result: { ...pageFields, Users: wrapped('User', { ...userFields, UpdateDate: stringField }) },

  async run({ ram, caller }, params) {
    const { shown, ...page } = pageOf(await ram.users.users(caller.accountId, pageAsked(params)), params)
    return { ...page, Users: shown.map(shownUser) }
  },
})
