import { operation } from '../../operation.ts'
import { checkScope, isAttached } from '../attaching.ts'
import { badName, rows } from '../error-rows.ts'
import { existingGroup, existingPolicy } from '../find-or-refuse.ts'
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

  async run(context, { GroupName, PolicyType, PolicyName, ResourceGroupId }) {
    const { ram, caller, fail } = context
    checkScope(context, ResourceGroupId)
    const group = await existingGroup(context, GroupName)
    const policy = await existingPolicy(context, { type: PolicyType, name: PolicyName })
    const target = { kind: 'group', id: group.id } as const
    if (!isAttached(await ram.attachments.to(target), policy)) throw fail('EntityNotExist.Group.Policy')

    await ram.attachments.detach(caller.accountId, policy, target)
    return {}
  },
})
