import { operation } from '../../operation.ts'
import { detachPolicy } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingOwnRole } from '../find-or-refuse.ts'
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
      'NotSupport.ServiceLinkedRole',
      'EntityNotExist.Policy',
      'EntityNotExist.Role.Policy',
    ),
  },

  result: {},

  run: (context, params) => detachPolicy(context, params, 'role', () => existingOwnRole(context, params.RoleName)),
})
