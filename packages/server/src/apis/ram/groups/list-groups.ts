import { stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { groupFields, shownGroup } from '../answers.ts'
import { pageAsked, pageFields, pageOf, pageParams } from '../paging.ts'

export const listGroups = operation({
  name: 'ListGroups',
  family: 'groups',
  about: { en: 'List the groups of the account, by name.', zh: '查询账号的用户组，按名称排序。' },
  source: 'Ram 2015-05-01, ListGroups',
  access: { action: 'ram:ListGroups', level: 'List', resource: 'acs:ram:*:{account}:group/*', dependent: [] },
  transaction: 'read',

  params: pageParams,

  errors: {},

  result: { ...pageFields, Groups: wrapped('Group', { ...groupFields, UpdateDate: stringField }) },

  async run({ ram, caller }, params) {
    const { shown, ...page } = pageOf(await ram.groups.groups(caller.accountId, pageAsked(params)), params)
    return { ...page, Groups: shown.map(shownGroup) }
  },
})
