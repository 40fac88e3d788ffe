import { boolean, objectField, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { shownVersion, versionFields } from '../answers.ts'
import { badName, rows, tooLong } from '../error-rows.ts'
import { existingCustomPolicy } from '../find-or-refuse.ts'
import { limits } from '../limits.ts'
import { policyName } from '../params.ts'
import { checkAgainstExamples, checkDocument, examples, identityDocument } from '../policy-documents.ts'

export const createPolicyVersion = operation({
  name: 'CreatePolicyVersion',
  family: 'policies',
  about: {
    en: 'Add a version to a custom policy. It is in force at once when it is made the default.',
    zh: '为自定义权限策略新增版本。设为默认版本后立即生效。',
  },
  source: 'Ram 2015-05-01, CreatePolicyVersion',
  access: {
    action: 'ram:CreatePolicyVersion',
    level: 'Write',
    resource: 'acs:ram:*:{account}:policy/{PolicyName}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    PolicyName: policyName('PolicyName').required(),
    PolicyDocument: identityDocument.required(),
    SetAsDefault: boolean().default(false).example('true').about('Make it the version in force.', '是否设为默认版本。'),
    RotateStrategy: text()
      .oneOf('None', 'DeleteOldestNonDefaultVersionWhenLimitExceeded')
      .default('None')
      .example('None')
      .about(
        'What to do when there are five versions already: `None`, or `DeleteOldestNonDefaultVersionWhenLimitExceeded`.',
        '已有 5 个版本时的处理方式：`None`，或 `DeleteOldestNonDefaultVersionWhenLimitExceeded`（删除最早的非默认版本）。',
      ),
    Examples: examples,
  },

  errors: {
    ...badName('PolicyName'),
    ...tooLong('PolicyDocument'),
    ...rows(
      'MalformedPolicyDocument',
      'EntityNotExist.Policy',
      'InvalidParameter.Examples.Format',
      'PolicyExample.Failed',
      'LimitExceeded.Policy.Version',
    ),
  },

  result: { PolicyVersion: objectField(versionFields) },

  async run(context, { PolicyName, PolicyDocument, SetAsDefault, RotateStrategy, Examples }) {
    const { ram, now, fail } = context
    checkDocument(PolicyDocument, 'identity', fail)
    const policy = await existingCustomPolicy(context, PolicyName)
    checkAgainstExamples(PolicyDocument, Examples ?? policy.examples, fail)
    const versions = await ram.policies.versions(policy)
    if (versions.length >= limits.versions) {
      const oldest = versions.find(({ isDefault }) => !isDefault)
      if (RotateStrategy === 'None' || oldest === undefined) throw fail('LimitExceeded.Policy.Version')
      await ram.policies.removeVersion(policy, oldest.version)
    }

    const added = { document: PolicyDocument, setAsDefault: SetAsDefault, examples: Examples, createdAt: now }
    const version = await ram.policies.addVersion(policy, added)
    return {
      PolicyVersion: shownVersion({ version, document: PolicyDocument, isDefault: SetAsDefault, createdAt: now }),
    }
  },
})
