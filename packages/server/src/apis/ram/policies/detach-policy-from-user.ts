import { operation } from '../../operation.ts'
import { detachPolicy } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingUser } from '../find-or-refuse.ts'
import { policyName, policyType, resourceGroupId, userName } from '../params.ts'

export const detachPolicyFromUser = operation({
  name: 'DetachPolicyFromUser',
  family: 'policies',
  about: {
    en: 'Detach a policy from a RAM user: it no longer applies, from the next request on.',
    zh: '撤销 RAM 用户的权限策略，从下一个请求起失效。',
  },
  source: 'Ram 2015-05-01, DetachPolicyFromUser',
  access: {
    action: 'ram:DetachPolicyFromUser',
    level: 'Write',
    resource: ['acs:ram:*:{account}:user/{UserName}', 'acs:ram:*:{policyOwner}:policy/{PolicyName}'],
    dependent: [],
  },
  transaction: 'write',

  params: {
    UserName: userName('UserName').required(),
    PolicyType: policyType.required(),
    PolicyName: policyName('PolicyName').required(),
    ResourceGroupId: resourceGroupId,
  },

  errors: {
    ...rows('InvalidParameter.PolicyType'),
    ...badName('UserName'),
    ...badName('PolicyName'),
    ...rows(
      'EntityNotExists.ResourceGroup',
      'EntityNotExist.User',
      'EntityNotExist.Policy',
      'EntityNotExist.User.Policy',
    ),
  },

  result: {},

  run: (context, params) => detachPolicy(context, params, 'user', () => existingUser(context, params.UserName)),
})
