import { wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { attachedFields, attachedPolicies } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingUser } from '../find-or-refuse.ts'
import { userName } from '../params.ts'

export const listPoliciesForUser = operation({
  name: 'ListPoliciesForUser',
  family: 'policies',
  about: {
    en: 'List the policies attached to a RAM user itself, by name; not those of its groups.',
    zh: '查询直接授予 RAM 用户的权限策略，按名称排序，不包含其用户组的策略。',
  },
  source: 'Ram 2015-05-01, ListPoliciesForUser',
  access: {
    action: 'ram:ListPoliciesForUser',
    level: 'List',
    resource: 'acs:ram:*:{account}:user/{UserName}',
    dependent: [],
  },
  transaction: 'read',

  params: { UserName: userName('UserName').required() },

  errors: { ...badName('UserName'), ...rows('EntityNotExist.User') },

  result: { Policies: wrapped('Policy', attachedFields) },

  async run(context, { UserName }) {
    const user = await existingUser(context, UserName)
    return { Policies: await attachedPolicies(context, { kind: 'user', id: user.id }) }
  },
})
