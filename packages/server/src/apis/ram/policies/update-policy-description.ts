import { objectField, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { policyFields, shownPolicy } from '../answers.ts'
import { badName, rows, tooLong } from '../error-rows.ts'
import { existingCustomPolicy } from '../find-or-refuse.ts'
import { known } from '../known-policy.ts'
import { description, policyName } from '../params.ts'

export const updatePolicyDescription = operation({
  name: 'UpdatePolicyDescription',
  family: 'policies',
  about: { en: 'Change the description of a custom policy.', zh: '修改自定义权限策略的描述。' },
  source: 'Ram 2015-05-01, UpdatePolicyDescription',
  access: {
    action: 'ram:UpdatePolicyDescription',
    level: 'Write',
    resource: 'acs:ram:*:{account}:policy/{PolicyName}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    PolicyName: policyName('PolicyName').required(),
    NewDescription: description('NewDescription').required(),
  },

  errors: { ...badName('PolicyName'), ...tooLong('NewDescription'), ...rows('EntityNotExist.Policy') },

  result: { Policy: objectField({ ...policyFields, CreateDate: stringField, UpdateDate: stringField }) },

  async run(context, { PolicyName, NewDescription }) {
    const policy = await existingCustomPolicy(context, PolicyName)
    await context.ram.policies.describe(policy, NewDescription, context.now)
    return { Policy: shownPolicy(known({ ...policy, description: NewDescription, updatedAt: context.now })) }
  },
})
