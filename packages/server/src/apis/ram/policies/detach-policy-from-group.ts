import { operation } from '../../operation.ts'
import { detachPolicy } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingGroup } from '../find-or-refuse.ts'
import { groupName, policyName, policyType, resourceGroupId } from '../params.ts'

export const detachPolicyFromGroup = operation({
  name: 'DetachPolicyFromGroup',
  family: 'policies',
  about: {
    en: 'Detach a policy from a group: it no longer applies, from the next request on.',
    zh: '撤销用户组的权限策略，从下一个请求起失效。',
  },
  source: 'Ram 2015-05-01, DetachPolicyFromGroup',
  access: {
    action: 'ram:DetachPolicyFromGroup',
    level: 'Write',
    resource: ['acs:ram:*:{account}:group/{GroupName}', 'acs:ram:*:{policyOwner}:policy/{PolicyName}'],
    dependent: [],
  },
  transaction: 'write',

  params: {
    GroupName: groupName('GroupName').required(),
    PolicyType: policyType.required(),
    PolicyName: policyName('PolicyName').required(),
    ResourceGroupId: resourceGroupId,
  },

  errors: {
    ...rows('InvalidParameter.PolicyType'),
    ...badName('GroupName'),
    ...badName('PolicyName'),
    ...rows(
      'EntityNotExists.ResourceGroup',
      'EntityNotExist.Group',
      'EntityNotExist.Policy',
      'EntityNotExist.Group.Policy',
    ),
  },

  result: {},

  run: (context, params) => detachPolicy(context, params, 'group', () => existingGroup(context, params.GroupName)),
})
