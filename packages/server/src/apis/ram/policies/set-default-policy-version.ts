import { operation } from '../../operation.ts'
import { badFormat, badName, rows } from '../error-rows.ts'
import { existingCustomPolicy, existingVersion } from '../find-or-refuse.ts'
import { policyName, versionId } from '../params.ts'

export const setDefaultPolicyVersion = operation({
  name: 'SetDefaultPolicyVersion',
  family: 'policies',
  about: {
    en: 'Choose the version of a custom policy that is in force, from the next request on.',
    zh: '设置自定义权限策略的默认版本，从下一个请求起生效。',
  },
  source: 'Ram 2015-05-01, SetDefaultPolicyVersion',
  access: {
    action: 'ram:SetDefaultPolicyVersion',
    level: 'Write',
    resource: 'acs:ram:*:{account}:policy/{PolicyName}',
    dependent: [],
  },
  transaction: 'write',

  params: { PolicyName: policyName('PolicyName').required(), VersionId: versionId('VersionId').required() },

  errors: {
    ...badName('PolicyName'),
    ...badFormat('VersionId'),
    ...rows('EntityNotExist.Policy', 'EntityNotExist.Policy.Version'),
  },

  result: {},

  // The examples of the policy are not asked: the version kept those of its own time, and to go back must stay possible
  // when the rules have become others (C).
  async run(context, { PolicyName, VersionId }) {
    const policy = await existingCustomPolicy(context, PolicyName)
    const { version } = await existingVersion(context, policy, VersionId)
    await context.ram.policies.setDefault(policy, version, context.now)
    return {}
  },
})
