import { wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { shownVersion, versionFields } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { existingPolicy } from '../find-or-refuse.ts'
import { versionsOf } from '../known-policy.ts'
import { policyName, policyType } from '../params.ts'

export const listPolicyVersions = operation({
  name: 'ListPolicyVersions',
  family: 'policies',
  about: { en: 'List the versions of a policy, oldest first.', zh: '查询权限策略的版本，按创建顺序排列。' },
  source: 'Ram 2015-05-01, ListPolicyVersions',
  access: {
    action: 'ram:ListPolicyVersions',
    level: 'List',
    resource: 'acs:ram:*:{policyOwner}:policy/{PolicyName}',
    dependent: [],
  },
  transaction: 'read',

  params: { PolicyType: policyType.required(), PolicyName: policyName('PolicyName').required() },

  errors: {
    ...rows('InvalidParameter.PolicyType'),
    ...badName('PolicyName'),
    ...rows('EntityNotExist.Policy'),
  },

  result: { PolicyVersions: wrapped('PolicyVersion', versionFields) },

  async run(context, { PolicyType, PolicyName }) {
    const policy = await existingPolicy(context, { type: PolicyType, name: PolicyName })
    const versions = await versionsOf(context.ram, context.caller.accountId, policy)
    return { PolicyVersions: versions.map(shownVersion) }
  },
})
