import { limits } from '../apis/ram/limits.ts'
import type { Explanation } from './explanations.ts'
import { entityCauses } from './ram-entities.ts'
import { valueCauses } from './ram-values.ts'

/** What leads to the errors of RAM, and what whoever got one can do. */
export const ramCauses: Readonly<Record<string, Explanation>> = {
  ...valueCauses(),
  ...entityCauses(),
  ...conflicts(),
  ...quotas(),
}

/** What has to be taken away first. */
function conflicts(): Record<string, Explanation> {
  return {
    'DeleteConflict.User.Group': {
      en: ['The user is in a group.', 'Call RemoveUserFromGroup for each of ListGroupsForUser.'],
      zh: ['用户仍在用户组中。', '对 ListGroupsForUser 中的每个用户组调用 RemoveUserFromGroup。'],
    },
    'DeleteConflict.User.AccessKey': {
      en: ['The user has an access key.', 'Call DeleteAccessKey for each of ListAccessKeys.'],
      zh: ['用户仍有 AccessKey。', '对 ListAccessKeys 中的每个 AccessKey 调用 DeleteAccessKey。'],
    },
    'DeleteConflict.User.LoginProfile': {
      en: ['The user can log on to the console.', 'Call DeleteLoginProfile.'],
      zh: ['用户仍启用控制台登录。', '调用 DeleteLoginProfile。'],
    },
    'DeleteConflict.User.Policy': {
      en: ['A policy is attached to the user.', 'Call DetachPolicyFromUser for each of ListPoliciesForUser.'],
      zh: ['用户仍被授予权限策略。', '对 ListPoliciesForUser 中的每个权限策略调用 DetachPolicyFromUser。'],
    },
    'DeleteConflict.Group.User': {
      en: ['The group has members.', 'Call RemoveUserFromGroup for each of ListUsersForGroup.'],
      zh: ['用户组仍有成员。', '对 ListUsersForGroup 中的每个用户调用 RemoveUserFromGroup。'],
    },
    'DeleteConflict.Group.Policy': {
      en: ['A policy is attached to the group.', 'Call DetachPolicyFromGroup for each of ListPoliciesForGroup.'],
      zh: ['用户组仍被授予权限策略。', '对 ListPoliciesForGroup 中的每个权限策略调用 DetachPolicyFromGroup。'],
    },
    'DeleteConflict.Role.Policy': {
      en: ['A policy is attached to the role.', 'Call DetachPolicyFromRole for each of ListPoliciesForRole.'],
      zh: ['角色仍被授予权限策略。', '对 ListPoliciesForRole 中的每个权限策略调用 DetachPolicyFromRole。'],
      in: {
        DeletePolicy: {
          en: [
            'The policy is attached to a role.',
            'Call DetachPolicyFromRole for each role of ListEntitiesForPolicy.',
          ],
          zh: ['权限策略仍授予角色。', '对 ListEntitiesForPolicy 中的每个角色调用 DetachPolicyFromRole。'],
        },
      },
    },
    'DeleteConflict.Policy.User': {
      en: ['The policy is attached to a user.', 'Call DetachPolicyFromUser for each user of ListEntitiesForPolicy.'],
      zh: ['权限策略仍授予用户。', '对 ListEntitiesForPolicy 中的每个用户调用 DetachPolicyFromUser。'],
    },
    'DeleteConflict.Policy.Group': {
      en: ['The policy is attached to a group.', 'Call DetachPolicyFromGroup for each group of ListEntitiesForPolicy.'],
      zh: ['权限策略仍授予用户组。', '对 ListEntitiesForPolicy 中的每个用户组调用 DetachPolicyFromGroup。'],
    },
    'DeleteConflict.Policy.Version': {
      en: ['The policy has versions beside the one in force.', 'Delete them first, or send `CascadingDelete` `true`.'],
      zh: ['权限策略仍有默认版本以外的版本。', '先删除这些版本，或将 `CascadingDelete` 设为 `true`。'],
    },
    'DeleteConflict.Policy.Version.Default': {
      en: ['The version is in force.', 'Call SetDefaultPolicyVersion with another one first.'],
      zh: ['该版本是默认版本。', '先调用 SetDefaultPolicyVersion 将其他版本设为默认。'],
    },
  }
}

function quotas(): Record<string, Explanation> {
  const { System, Custom } = limits.attached
  const attached = (en: string, zh: string): Explanation => ({
    en: [
      `As many policies of this type are attached to the ${en} as can be: ${System} of the system, ${Custom} custom.`,
      'Detach one, or put several into one.',
    ],
    zh: [
      `${zh}被授予的该类型权限策略已达上限：系统策略 ${System} 个，自定义策略 ${Custom} 个。`,
      '撤销其中之一，或合并多个策略。',
    ],
  })
  const count = (most: number, en: string, zh: string): Explanation => ({
    en: [`The account has ${most} ${en}, as many as it can.`, 'Delete one that is not needed.'],
    zh: [`账号的${zh}已达上限 ${most}。`, '删除不需要的。'],
  })
  return {
    'LimitExceeded.User': count(limits.users, 'RAM users', ' RAM 用户数量'),
    'LimitExceeded.Group': count(limits.groups, 'groups', '用户组数量'),
    'LimitExceeded.Role': count(limits.roles, 'roles', '角色数量'),
    'LimitExceeded.Policy': count(limits.policies, 'custom policies', '自定义权限策略数量'),
    'LimitExceeded.Policy.Version': {
      en: [
        `The policy has ${limits.versions} versions, as many as it can.`,
        'Call DeletePolicyVersion, or send a `RotateStrategy` that deletes the oldest one that is not in force.',
      ],
      zh: [
        `权限策略的版本已达上限 ${limits.versions} 个。`,
        '调用 DeletePolicyVersion，或传入可删除最早非默认版本的 `RotateStrategy`。',
      ],
    },
    'LimitExceeded.User.AccessKey': {
      en: [
        `A user has at most ${limits.keysOfUser} access keys, the account itself ${limits.keysOfAccount}.`,
        'Delete one first; two are enough to change from one to the other.',
      ],
      zh: [
        `每个用户最多 ${limits.keysOfUser} 个 AccessKey，主账号最多 ${limits.keysOfAccount} 个。`,
        '先删除一个；两个足以完成轮换。',
      ],
    },
    'LimitExceeded.User.Group': {
      en: [`The user is in ${limits.groupsOfUser} groups, as many as it can.`, 'Take it out of one first.'],
      zh: [`用户加入的用户组已达上限 ${limits.groupsOfUser} 个。`, '先将其移出其中一个。'],
    },
    'LimitExceeded.User.Policy': attached('user', '用户'),
    'LimitExceeded.Group.Policy': attached('group', '用户组'),
    'LimitExceeded.Role.Policy': attached('role', '角色'),
  }
}
