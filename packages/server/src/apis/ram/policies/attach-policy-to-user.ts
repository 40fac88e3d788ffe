import { operation } from '../../operation.ts'
import { attachPolicy } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingUser } from '../find-or-refuse.ts'
import { policyName, policyType, resourceGroupId, userName } from '../params.ts'

export const attachPolicyToUser = operation({
  name: 'AttachPolicyToUser',
  family: 'policies',
  about: {
    en: 'Attach a policy to a RAM user: it applies from the next request on.',
    zh: '为 RAM 用户授予权限策略，从下一个请求起生效。',
  },
  source: 'Ram 2015-05-01, AttachPolicyToUser',
  access: {
    action: 'ram:AttachPolicyToUser',
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
    ...badName('UserName'),
    ...rows('InvalidParameter.PolicyType'),
    ...badName('PolicyName'),
    ...rows(
      'EntityNotExists.ResourceGroup',
      'EntityNotExist.User',
      'EntityNotExist.Policy',
      'EntityAlreadyExists.User.Policy',
      'LimitExceeded.User.Policy',
    ),
  },

  result: {},

  run: (context, params) => attachPolicy(context, params, 'user', () => existingUser(context, params.UserName)),
})
