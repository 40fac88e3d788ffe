import { boolean } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { badName, rows } from '../error-rows.ts'
import { existingCustomPolicy } from '../find-or-refuse.ts'
import { policyName } from '../params.ts'

export const deletePolicy = operation({
  name: 'DeletePolicy',
  family: 'policies',
  about: {
    en: 'Delete a custom policy that is attached to nothing and has no version but the one in force.',
    zh: '删除自定义权限策略。策略须未授予任何对象，且没有默认版本以外的版本。',
  },
  source: 'Ram 2015-05-01, DeletePolicy',
  access: {
    action: 'ram:DeletePolicy',
    level: 'Write',
    resource: 'acs:ram:*:{account}:policy/{PolicyName}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    PolicyName: policyName('PolicyName').required(),
    CascadingDelete: boolean()
      .default(false)
      .example('true')
      .about('Delete its other versions with it.', '是否一并删除其他版本。'),
  },

  errors: {
    ...badName('PolicyName'),
    ...rows('EntityNotExist.Policy', 'DeleteConflict.Policy.User', 'DeleteConflict.Policy.Group'),
    // No page has a code for roles; the Terraform provider waits for this one.
    'DeleteConflict.Role.Policy': [
      409,
      'The policy CAN NOT been attached to any role while deleting the policy.',
      '删除权限策略前须从所有角色撤销。',
      {
        en: 'The page has codes for users and groups only; the Terraform provider knows this one for roles.',
        zh: '文档仅有针对用户和用户组的错误码，Terraform 已知有针对角色的该错误码。',
      },
    ],
    ...rows('DeleteConflict.Policy.Version'),
  },

  result: {},

  async run(context, { PolicyName, CascadingDelete }) {
    const { ram, fail } = context
    const policy = await existingCustomPolicy(context, PolicyName)
    const attached = await ram.attachments.kindsOf(policy.accountId, { type: 'Custom', name: policy.name })
    if (attached.has('user')) throw fail('DeleteConflict.Policy.User')
    if (attached.has('group')) throw fail('DeleteConflict.Policy.Group')
    if (attached.has('role')) throw fail('DeleteConflict.Role.Policy')
    const versions = await ram.policies.versions(policy)
    if (versions.length > 1 && !CascadingDelete) throw fail('DeleteConflict.Policy.Version')

    await ram.policies.remove(policy)
    return {}
  },
})
