import { stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { roleFields, shownRole } from '../answers.ts'
import { rows } from '../error-rows.ts'
import { pageAsked, pageFields, pageOf, pageParams } from '../paging.ts'
import { tags } from '../params.ts'

export const listRoles = operation({
  name: 'ListRoles',
  family: 'roles',
  about: { en: 'List the roles of the account, by name.', zh: '查询账号的角色，按名称排序。' },
  source: 'Ram 2015-05-01, ListRoles',
  access: { action: 'ram:ListRoles', level: 'List', resource: 'acs:ram:*:{account}:role/*', dependent: [] },
  transaction: 'read',

  params: { ...pageParams, Tag: tags },

  errors: rows('NotSupport.Tag'),

  result: { ...pageFields, Roles: wrapped('Role', { ...roleFields, UpdateDate: stringField }) },

  async run({ ram, caller }, params) {
    const { shown, ...page } = pageOf(await ram.roles.roles(caller.accountId, pageAsked(params)), params)
    return { ...page, Roles: shown.map(shownRole) }
  },
})
