import type { Explanations } from '../explanation.ts'

export const deleteConflict = {
  'DeleteConflict.Group.Policy': {
    en: ['A policy is attached to the group.', 'Call DetachPolicyFromGroup for each of ListPoliciesForGroup.'],
    zh: ['用户组仍被授予权限策略。', '对 ListPoliciesForGroup 中的每个权限策略调用 DetachPolicyFromGroup。'],
  },
  'DeleteConflict.Group.User': {
    en: ['The group has members.', 'Call RemoveUserFromGroup for each of ListUsersForGroup.'],
    zh: ['用户组仍有成员。', '对 ListUsersForGroup 中的每个用户调用 RemoveUserFromGroup。'],
  },
  'DeleteConflict.Policy.Group': {
    en: ['The policy is attached to a group.', 'Call DetachPolicyFromGroup for each group of ListEntitiesForPolicy.'],
    zh: ['权限策略仍授予用户组。', '对 ListEntitiesForPolicy 中的每个用户组调用 DetachPolicyFromGroup。'],
  },
  'DeleteConflict.Policy.User': {
    en: ['The policy is attached to a user.', 'Call DetachPolicyFromUser for each user of ListEntitiesForPolicy.'],
    zh: ['权限策略仍授予用户。', '对 ListEntitiesForPolicy 中的每个用户调用 DetachPolicyFromUser。'],
  },
  'DeleteConflict.Policy.Version': {
    en: ['The policy has versions beside the one in force.', 'Delete them first, or send `CascadingDelete` `true`.'],
    zh: ['权限策略仍有默认版本以外的版本。', '先删除这些版本，或将 `CascadingDelete` 设为 `true`。'],
  },
  'DeleteConflict.Policy.Version.Default': {
    en: ['The version is in force.', 'Call SetDefaultPolicyVersion with another one first.'],
    zh: ['该版本是默认版本。', '先调用 SetDefaultPolicyVersion 将其他版本设为默认。'],
  },
  'DeleteConflict.Role.Policy': {
    en: ['A policy is attached to the role.', 'Call DetachPolicyFromRole for each of ListPoliciesForRole.'],
    zh: ['角色仍被授予权限策略。', '对 ListPoliciesForRole 中的每个权限策略调用 DetachPolicyFromRole。'],
    in: {
      DeletePolicy: {
        en: ['The policy is attached to a role.', 'Call DetachPolicyFromRole for each role of ListEntitiesForPolicy.'],
        zh: ['权限策略仍授予角色。', '对 ListEntitiesForPolicy 中的每个角色调用 DetachPolicyFromRole。'],
      },
    },
  },
  'DeleteConflict.User.AccessKey': {
    en: ['The user has an access key.', 'Call DeleteAccessKey for each of ListAccessKeys.'],
    zh: ['用户仍有 AccessKey。', '对 ListAccessKeys 中的每个 AccessKey 调用 DeleteAccessKey。'],
  },
  'DeleteConflict.User.Group': {
    en: ['The user is in a group.', 'Call RemoveUserFromGroup for each of ListGroupsForUser.'],
    zh: ['用户仍在用户组中。', '对 ListGroupsForUser 中的每个用户组调用 RemoveUserFromGroup。'],
  },
  'DeleteConflict.User.LoginProfile': {
    en: ['The user can log on to the console.', 'Call DeleteLoginProfile.'],
    zh: ['用户仍启用控制台登录。', '调用 DeleteLoginProfile。'],
  },
  'DeleteConflict.User.MFADevice': {
    en: ['The user has a second factor.', 'Call UnbindMFADevice.'],
    zh: ['用户仍绑定多因素认证设备。', '调用 UnbindMFADevice。'],
  },
  'DeleteConflict.User.Policy': {
    en: ['A policy is attached to the user.', 'Call DetachPolicyFromUser for each of ListPoliciesForUser.'],
    zh: ['用户仍被授予权限策略。', '对 ListPoliciesForUser 中的每个权限策略调用 DetachPolicyFromUser。'],
  },
  'DeleteConflict.VirtualMFADevice.User': {
    en: [
      'A user has the device as second factor.',
      'Call UnbindMFADevice for the user that ListVirtualMFADevices shows.',
    ],
    zh: ['该设备仍绑定用户。', '对 ListVirtualMFADevices 显示的用户调用 UnbindMFADevice。'],
  },
} as const satisfies Explanations<'DeleteConflict'>
