import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { policyFields, shownPolicy } from '../answers.ts'
import { badName, rows, tooLong } from '../error-rows.ts'
import { known } from '../known-policy.ts'
import { limits } from '../limits.ts'
import { description, policyName } from '../params.ts'
import { checkAgainstExamples, checkDocument, examples, identityDocument } from '../policy-documents.ts'
import { tags, tagsOf } from '../tag-params.ts'
import { badTags } from '../tag-rows.ts'

export const createPolicy = operation({
  name: 'CreatePolicy',
  family: 'policies',
  about: {
    en: 'Create a custom policy. What is written in it becomes version `v1`, the one in force.',
    zh: '创建自定义权限策略，其内容成为默认版本 `v1`。',
  },
  source: 'Ram 2015-05-01, CreatePolicy',
  access: { action: 'ram:CreatePolicy', level: 'Write', resource: 'acs:ram:*:{account}:policy/*', dependent: [] },
  transaction: 'write',

  params: {
    PolicyName: policyName('PolicyName').required(),
    PolicyDocument: identityDocument.required(),
    Description: description('Description'),
    Examples: examples,
    Tag: tags,
  },

  errors: {
    ...badName('PolicyName'),
    ...tooLong('PolicyDocument'),
    ...tooLong('Description'),
    ...badTags('Tag'),
    ...rows(
      'MalformedPolicyDocument',
      'InvalidParameter.Examples.Format',
      'PolicyExample.Failed',
      'EntityAlreadyExists.Policy',
      'LimitExceeded.Policy',
    ),
  },

  result: { Policy: objectField({ ...policyFields, CreateDate: stringField }) },

  async run({ ram: { policies, tags: stored }, caller: { accountId }, ids, now, fail }, params) {
    checkDocument(params.PolicyDocument, 'identity', fail)
    checkAgainstExamples(params.PolicyDocument, params.Examples, fail)
    if ((await policies.policy(accountId, params.PolicyName)) !== undefined) throw fail('EntityAlreadyExists.Policy')
    if ((await policies.count(accountId)) >= limits.policies) throw fail('LimitExceeded.Policy')

    const policy = {
      id: ids.withPrefix('p-'),
      accountId,
      name: params.PolicyName,
      description: params.Description,
      document: params.PolicyDocument,
      examples: params.Examples,
      createdAt: now,
    }
    await policies.add(policy)
    await stored.put(accountId, 'policy', policy.name, tagsOf(params.Tag))
    return { Policy: shownPolicy(known({ ...policy, updatedAt: now, defaultVersion: 1 })) }
  },
})
