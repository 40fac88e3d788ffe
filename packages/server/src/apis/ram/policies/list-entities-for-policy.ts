import { stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { date, shownGroup, shownRole, shownUser } from '../answers.ts'
import { badName, rows } from '../error-rows.ts'
import { existingPolicy } from '../find-or-refuse.ts'
import { policyName, policyType } from '../params.ts'

export const listEntitiesForPolicy = operation({
  name: 'ListEntitiesForPolicy',
  family: 'policies',
  about: {
    en: 'List the RAM users, groups and roles a policy is attached to, by name.',
    zh: '查询被授予权限策略的 RAM 用户、用户组和角色，按名称排序。',
  },
  source: 'Ram 2015-05-01, ListEntitiesForPolicy',
  access: {
    action: 'ram:ListEntitiesForPolicy',
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

  result: {
    Users: wrapped('User', {
      UserId: stringField,
      UserName: stringField,
      DisplayName: stringField,
      AttachDate: stringField,
    }),
    Groups: wrapped('Group', { GroupName: stringField, Comments: stringField, AttachDate: stringField }),
    Roles: wrapped('Role', {
      RoleId: stringField,
      RoleName: stringField,
      Arn: stringField,
      Description: stringField,
      AttachDate: stringField,
    }),
  },

  async run(context, { PolicyType, PolicyName }) {
    const { attachments } = context.ram
    const { accountId } = context.caller
    const policy = await existingPolicy(context, { type: PolicyType, name: PolicyName })
    const users = await attachments.usersOf(accountId, policy)
    const groups = await attachments.groupsOf(accountId, policy)
    const roles = await attachments.rolesOf(accountId, policy)
    return {
      Users: users.map((user) => ({ ...shownUser(user), AttachDate: date(user.attachedAt) })),
      Groups: groups.map((group) => ({ ...shownGroup(group), AttachDate: date(group.attachedAt) })),
      Roles: roles.map((role) => ({ ...shownRole(role), AttachDate: date(role.attachedAt) })),
    }
  },
})
