import { wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { attachedFields, attachedPolicies } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingGroup } from '../find-or-refuse.ts'
import { groupName } from '../params.ts'

export const listPoliciesForGroup = operation({
  name: 'ListPoliciesForGroup',
  family: 'policies',
  about: {
    en: 'List the policies attached to a group, by name.',
    zh: '查询授予用户组的权限策略，按名称排序。',
  },
  source: 'Ram 2015-05-01, ListPoliciesForGroup',
  access: {
    action: 'ram:ListPoliciesForGroup',
    level: 'List',
    resource: 'acs:ram:*:{account}:group/{GroupName}',
    dependent: [],
  },
  transaction: 'read',

  params: { GroupName: groupName('GroupName').required() },

  errors: { ...badName('GroupName'), ...rows('EntityNotExist.Group') },

  result: { Policies: wrapped('Policy', attachedFields) },

  async run(context, { GroupName }) {
    const group = await existingGroup(context, GroupName)
    return { Policies: await attachedPolicies(context, { kind: 'group', id: group.id }) }
  },
})
