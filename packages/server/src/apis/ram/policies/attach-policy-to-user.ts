import { operation } from '../../operation.ts'
import { checkScope, isAttached, isFull } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingPolicy, existingUser } from '../find-or-refuse.ts'
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

  async run(context, { UserName, PolicyType, PolicyName, ResourceGroupId }) {
    const { ram, caller, now, fail } = context
    checkScope(context, ResourceGroupId)
    const user = await existingUser(context, UserName)
    const policy = await existingPolicy(context, { type: PolicyType, name: PolicyName })
    const target = { kind: 'user', id: user.id } as const
    const attached = await ram.attachments.to(target)
    if (isAttached(attached, policy)) throw fail('EntityAlreadyExists.User.Policy')
    if (isFull(attached, policy.type)) throw fail('LimitExceeded.User.Policy')

    await ram.attachments.attach(caller.accountId, policy, target, now)
    return {}
  },
})
