import { operation } from '../../operation.ts'
import { attachPolicy } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingOwnRole } from '../find-or-refuse.ts'
import { policyName, policyType, resourceGroupId, roleName } from '../params.ts'

export const attachPolicyToRole = operation({
  name: 'AttachPolicyToRole',
  family: 'policies',
  about: {
    en: 'Attach a policy to a role: it applies from the next request on.',
    zh: '为角色授予权限策略，从下一个请求起生效。',
  },
  source: 'Ram 2015-05-01, AttachPolicyToRole',
  access: {
    action: 'ram:AttachPolicyToRole',
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
    ...badName('RoleName'),
    ...rows('InvalidParameter.PolicyType'),
    ...badName('PolicyName'),
    ...rows(
      'EntityNotExists.ResourceGroup',
      'EntityNotExist.Role',
      'NotSupport.ServiceLinkedRole',
      'EntityNotExist.Policy',
      'EntityAlreadyExists.Role.Policy',
      'LimitExceeded.Role.Policy',
    ),
  },

  result: {},

  run: (context, params) => attachPolicy(context, params, 'role', () => existingOwnRole(context, params.RoleName)),
})
