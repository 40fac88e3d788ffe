import { objectField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { shownVersion, versionFields } from '../answers.ts'
import { badFormat, badName, rows } from '../error-rows.ts'
import { existingPolicy } from '../find-or-refuse.ts'
import { versionsOf } from '../known-policy.ts'
import { policyName, policyType, versionId } from '../params.ts'

export const getPolicyVersion = operation({
  name: 'GetPolicyVersion',
  family: 'policies',
  about: { en: 'Show a version of a policy.', zh: '查询权限策略的版本。' },
  source: 'Ram 2015-05-01, GetPolicyVersion',
  access: {
    action: 'ram:GetPolicyVersion',
    level: 'Read',
    resource: 'acs:ram:*:{policyOwner}:policy/{PolicyName}',
    dependent: [],
  },
  transaction: 'read',

  params: {
    PolicyType: policyType.required(),
    PolicyName: policyName('PolicyName').required(),
    VersionId: versionId('VersionId').required(),
  },

  errors: {
    ...rows('InvalidParameter.PolicyType'),
    ...badName('PolicyName'),
    ...badFormat('VersionId'),
    ...rows('EntityNotExist.Policy', 'EntityNotExist.Policy.Version'),
  },

  result: { PolicyVersion: objectField(versionFields) },

  async run(context, { PolicyType, PolicyName, VersionId }) {
    const { ram, caller, fail } = context
    const policy = await existingPolicy(context, { type: PolicyType, name: PolicyName })
    const versions = await versionsOf(ram, caller.accountId, policy)
    const version = versions.find((one) => one.version === VersionId)
    if (version === undefined) throw fail('EntityNotExist.Policy.Version')
    return { PolicyVersion: shownVersion(version) }
  },
})
