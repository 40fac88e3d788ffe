import { integerField, objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { policyFields, shownPolicy, shownVersion, versionFields } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { existingPolicy } from '../find-or-refuse.ts'
import { versionsOf } from '../known-policy.ts'
import { policyName, policyType } from '../params.ts'

export const getPolicy = operation({
  name: 'GetPolicy',
  family: 'policies',
  about: { en: 'Show a policy and its version in force.', zh: '查询权限策略及其默认版本。' },
  source: 'Ram 2015-05-01, GetPolicy',
  access: {
    action: 'ram:GetPolicy',
    level: 'Read',
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

  result: {
    Policy: objectField({
      ...policyFields,
      // Deprecated, and still sent by the real service.
      PolicyDocument: stringField,
      AttachmentCount: integerField,
      CreateDate: stringField,
      UpdateDate: stringField,
      // Not part of the published API.
      Examples: stringField,
    }),
    DefaultPolicyVersion: objectField(versionFields),
  },

  async run(context, { PolicyType, PolicyName }) {
    const { ram, caller } = context
    const name = { type: PolicyType, name: PolicyName }
    const policy = await existingPolicy(context, name)
    const attached = await ram.attachments.kindsOf(caller.accountId, name)
    const version = (await versionsOf(ram, caller.accountId, name)).find(({ isDefault }) => isDefault)
    return {
      Policy: {
        ...shownPolicy(policy),
        PolicyDocument: version?.document,
        AttachmentCount: [...attached.values()].reduce((sum, count) => sum + count, 0),
        Examples: policy.examples,
      },
      DefaultPolicyVersion: version === undefined ? undefined : shownVersion(version),
    }
  },
})
