import { wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { attachedFields, attachedPolicies } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingRole } from '../find-or-refuse.ts'
import { roleName } from '../params.ts'

export const listPoliciesForRole = operation({
  name: 'ListPoliciesForRole',
  family: 'policies',
  about: {
    en: 'List the policies attached to a role, by name.',
    zh: '查询授予角色的权限策略，按名称排序。',
  },
  source: 'Ram 2015-05-01, ListPoliciesForRole',
  access: {
    action: 'ram:ListPoliciesForRole',
    level: 'List',
    resource: 'acs:ram:*:{account}:role/{RoleName}',
    dependent: [],
  },
  transaction: 'read',

  params: { RoleName: roleName('RoleName').required() },

  errors: { ...badName('RoleName'), ...rows('EntityNotExist.Role') },

  result: { Policies: wrapped('Policy', attachedFields) },

  async run(context, { RoleName }) {
    const role = await existingRole(context, RoleName)
    return { Policies: await attachedPolicies(context, { kind: 'role', id: role.id }) }
  },
})
