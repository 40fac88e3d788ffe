import { operation } from '../../operation.ts'
import { badFormat, badName, rows } from '../error-rows.ts'
import { existingCustomPolicy, existingVersion } from '../find-or-refuse.ts'
import { policyName, versionId } from '../params.ts'

export const deletePolicyVersion = operation({
  name: 'DeletePolicyVersion',
  family: 'policies',
  about: {
    en: 'Delete a version of a custom policy that is not the one in force. Its number is not used again.',
    zh: '删除自定义权限策略的非默认版本。其版本号不会再次使用。',
  },
  source: 'Ram 2015-05-01, DeletePolicyVersion',
  access: {
    action: 'ram:DeletePolicyVersion',
    level: 'Write',
    resource: 'acs:ram:*:{account}:policy/{PolicyName}',
    dependent: [],
  },
  transaction: 'write',

  params: { PolicyName: policyName('PolicyName').required(), VersionId: versionId('VersionId').required() },

  errors: {
    ...badName('PolicyName'),
    ...badFormat('VersionId'),
    ...rows('EntityNotExist.Policy', 'EntityNotExist.Policy.Version', 'DeleteConflict.Policy.Version.Default'),
  },

  result: {},

  async run(context, { PolicyName, VersionId }) {
    const { ram, fail } = context
    const policy = await existingCustomPolicy(context, PolicyName)
    const { version, isDefault } = await existingVersion(context, policy, VersionId)
    if (isDefault) throw fail('DeleteConflict.Policy.Version.Default')

    await ram.policies.removeVersion(policy, version)
    return {}
  },
})
