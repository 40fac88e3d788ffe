import { stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { roleFields, shownRole } from '../answers.ts'
import { pageAsked, pageFields, pageOf, pageParams } from '../paging.ts'
import { filtersOf, tagFilter, tagsField, tagsShown } from '../tag-params.ts'
import { badTags } from '../tag-rows.ts'

export const listRoles = operation({
  name: 'ListRoles',
  family: 'roles',
  about: { en: 'List the roles of the account, by name.', zh: '查询账号的角色，按名称排序。' },
  source: 'Ram 2015-05-01, ListRoles',
  access: { action: 'ram:ListRoles', level: 'List', resource: 'acs:ram:*:{account}:role/*', dependent: [] },
  transaction: 'read',

  params: { ...pageParams, Tag: tagFilter },

  errors: badTags('Tag'),

  result: { ...pageFields, Roles: wrapped('Role', { ...roleFields, UpdateDate: stringField, Tags: tagsField }) },

  async run({ ram, caller }, params) {
    const { accountId } = caller
    const filters = filtersOf(params.Tag)
    const only = filters.length === 0 ? undefined : await ram.tags.namesWith(accountId, 'role', filters)
    const { shown, ...page } = pageOf(await ram.roles.roles(accountId, { ...pageAsked(params), only }), params)
    const names = shown.map(({ name }) => name)
    const tags = await ram.tags.of(accountId, 'role', names)
    return { ...page, Roles: shown.map((role) => ({ ...shownRole(role), Tags: tagsShown(tags.get(role.name)) })) }
  },
})
