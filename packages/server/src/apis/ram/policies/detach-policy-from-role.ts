import { operation } from '../../operation.ts'
import { checkScope, isAttached } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingPolicy, existingRole } from '../find-or-refuse.ts'
import { policyName, policyType, resourceGroupId, roleName } from '../params.ts'

export const detachPolicyFromRole = operation({
  name: 'DetachPolicyFromRole',
  family: 'policies',
  about: {
    en: 'Detach a policy from a role: it no longer applies, from the next request on.',
    zh: '撤销角色的权限策略，从下一个请求起失效。',
  },
  source: 'Ram 2015-05-01, DetachPolicyFromRole',
  access: {
    action: 'ram:DetachPolicyFromRole',
    level: 'Write',
    resource: ['acs:ram:*:{account}:role/{RoleName}', 'acs:ram:*:{policyOwner}:policy/{PolicyName}'],
    dependent: [],
  },
  transaction: 'write',

  params: {
    RoleName: roleName('RoleName').required(),
    PolicyType: policyType.required(),
    PolicyName: policyName('PolicyName').required(),
    ResourceGroupId: resourceGroupId,
  },

  errors: {
    ...rows('InvalidParameter.PolicyType'),
    ...badName('RoleName'),
    ...badName('PolicyName'),
    ...rows(
      'EntityNotExists.ResourceGroup',
      'EntityNotExist.Role',
      'EntityNotExist.Policy',
      'EntityNotExist.Role.Policy',
    ),
  },

  result: {},

  async run(context, { RoleName, PolicyType, PolicyName, ResourceGroupId }) {
    const { ram, caller, fail } = context
    checkScope(context, ResourceGroupId)
    const role = await existingRole(context, RoleName)
    const policy = await existingPolicy(context, { type: PolicyType, name: PolicyName })
    const target = { kind: 'role', id: role.id } as const
    if (!isAttached(await ram.attachments.to(target), policy)) throw fail('EntityNotExist.Role.Policy')

    await ram.attachments.detach(caller.accountId, policy, target)
    return {}
  },
})
