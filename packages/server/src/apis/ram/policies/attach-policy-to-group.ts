import { operation } from '../../operation.ts'
import { attachPolicy } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingGroup } from '../find-or-refuse.ts'
import { groupName, policyName, policyType, resourceGroupId } from '../params.ts'

export const attachPolicyToGroup = operation({
  name: 'AttachPolicyToGroup',
  family: 'policies',
  about: {
    en: 'Attach a policy to a group: it applies from the next request on.',
    zh: '为用户组授予权限策略，从下一个请求起生效。',
  },
  source: 'Ram 2015-05-01, AttachPolicyToGroup',
  access: {
    action: 'ram:AttachPolicyToGroup',
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
    ...badName('GroupName'),
    ...rows('InvalidParameter.PolicyType'),
    ...badName('PolicyName'),
    ...rows(
      'EntityNotExists.ResourceGroup',
      'EntityNotExist.Group',
      'EntityNotExist.Policy',
      'EntityAlreadyExists.Group.Policy',
      'LimitExceeded.Group.Policy',
    ),
  },

  result: {},

  run: (context, params) => attachPolicy(context, params, 'group', () => existingGroup(context, params.GroupName)),
})
