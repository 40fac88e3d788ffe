import type { Explanations } from '../explanation.ts'

/** What to do when the state asked for holds already. */
const holds = { en: 'Nothing is to be done; the state asked for holds.', zh: '已是所要求的状态，无需处理。' }

export const entity = {
  'EntityAlreadyExists.AccountAlias': {
    en: ['Another account has this alias.', 'Choose another one.'],
    zh: ['该别名已被其他账号使用。', '更换别名。'],
  },
  'EntityAlreadyExists.Group': {
    en: ['The account has a group of this name.', 'Choose another name.'],
    zh: ['账号中已有该名称的用户组。', '更换名称。'],
  },
  'EntityAlreadyExists.Group.Policy': {
    en: ['The policy is attached to the group.', holds.en],
    zh: ['权限策略已授予该用户组。', holds.zh],
  },
  'EntityAlreadyExists.Policy': {
    en: [
      'The account has a custom policy of this name. The published message says “group” by mistake.',
      'Choose another name, or call CreatePolicyVersion.',
    ],
    zh: ['账号中已有该名称的自定义权限策略。公开的错误信息误写为 group。', '更换名称，或调用 CreatePolicyVersion。'],
  },
  'EntityAlreadyExists.Role': {
    en: ['The account has a role of this name.', 'Choose another name.'],
    zh: ['账号中已有该名称的角色。', '更换名称。'],
  },
  'EntityAlreadyExists.Role.Policy': {
    en: ['The policy is attached to the role.', holds.en],
    zh: ['权限策略已授予该角色。', holds.zh],
  },
  'EntityAlreadyExists.SecurityKey': {
    en: [
      'This key, or this passkey of the device, was added before: by this user or by another one.',
      'Use it, delete it first, or take another key.',
    ],
    zh: ['该密钥或设备上的通行密钥已由本用户或其他用户添加。', '直接使用，或先删除，或使用其他密钥。'],
  },
  'EntityAlreadyExists.User': {
    en: ['The account has a RAM user of this name.', 'Choose another name.'],
    zh: ['账号中已有该名称的 RAM 用户。', '更换名称。'],
  },
  'EntityAlreadyExists.User.Group': {
    en: ['The user is in the group.', holds.en],
    zh: ['用户已在该用户组中。', holds.zh],
  },
  'EntityAlreadyExists.User.LoginProfile': {
    en: ['The user can log on already.', 'Call UpdateLoginProfile to set another password.'],
    zh: ['用户已启用控制台登录。', '如需修改密码，调用 UpdateLoginProfile。'],
  },
  'EntityAlreadyExists.User.MFADevice': {
    en: ['The user has a second factor; each user has at most one.', 'Call UnbindMFADevice first.'],
    zh: ['用户已绑定多因素认证设备，每个用户最多一个。', '先调用 UnbindMFADevice。'],
  },
  'EntityAlreadyExists.User.Policy': {
    en: ['The policy is attached to the user.', holds.en],
    zh: ['权限策略已授予该用户。', holds.zh],
  },
  'EntityAlreadyExists.VirtualMFADevice': {
    en: [
      'A virtual device of this name exists in the account.',
      'Choose another name; ListVirtualMFADevices shows the ones in use.',
    ],
    zh: ['账号下已有同名的虚拟多因素认证设备。', '换一个名称，可用 ListVirtualMFADevices 查看已有设备。'],
  },
  'EntityAlreadyExists.VirtualMFADevice.User': {
    en: ['Another user has this device as second factor.', 'Create a device for each user.'],
    zh: ['该设备已绑定其他用户。', '为每个用户创建各自的设备。'],
  },
  'EntityNotExist.Group': {
    en: ['The account has no group of this name.', 'Take the name from ListGroups.'],
    zh: ['账号中没有该名称的用户组。', '从 ListGroups 获取名称。'],
  },
  'EntityNotExist.Group.Policy': {
    en: ['The policy is not attached to the group.', 'Look at ListPoliciesForGroup.'],
    zh: ['权限策略未授予该用户组。', '查看 ListPoliciesForGroup。'],
  },
  'EntityNotExist.Policy': {
    en: [
      'There is no policy of this name and type; those of the system cannot be changed or deleted.',
      'Take name and `PolicyType` from ListPolicies.',
    ],
    zh: ['没有该名称和类型的权限策略；系统策略不能修改或删除。', '从 ListPolicies 获取名称和 `PolicyType`。'],
  },
  'EntityNotExist.Policy.Version': {
    en: [
      'The policy has no such version; numbers of deleted ones are not used again.',
      'Take it from ListPolicyVersions.',
    ],
    zh: ['该权限策略没有此版本；已删除的版本号不会再次使用。', '从 ListPolicyVersions 获取。'],
  },
  'EntityNotExist.Role': {
    en: ['The account has no role of this name.', 'Take the name from ListRoles.'],
    zh: ['账号中没有该名称的角色。', '从 ListRoles 获取名称。'],
  },
  'EntityNotExist.Role.Policy': {
    en: ['The policy is not attached to the role.', 'Look at ListPoliciesForRole.'],
    zh: ['权限策略未授予该角色。', '查看 ListPoliciesForRole。'],
  },
  'EntityNotExist.Service': {
    en: ['OpenSAG knows no service of this name that has a role in accounts.', 'Send `smartag.aliyuncs.com`.'],
    zh: ['OpenSAG 中没有该名称的、具有服务关联角色的云服务。', '填写 `smartag.aliyuncs.com`。'],
  },
  'EntityNotExist.ServiceLinkedRole': {
    en: ['The role is one of the account itself.', 'Delete it with DeleteRole.'],
    zh: ['该角色是账号自己的角色。', '使用 DeleteRole 删除。'],
  },
  'EntityNotExist.SecurityKey': {
    en: [
      'No user of the account has this security key, or it was deleted.',
      'Take `SecurityKeyId` from ListSecurityKeys.',
    ],
    zh: ['账号中没有用户拥有该安全密钥，或密钥已删除。', '从 ListSecurityKeys 获取 `SecurityKeyId`。'],
  },
  'EntityNotExist.Session': {
    en: [
      'The account has no console session of this name, or it has ended.',
      'Take `SessionId` from ListConsoleSessions.',
    ],
    zh: ['账号中没有该控制台会话，或会话已结束。', '从 ListConsoleSessions 获取 `SessionId`。'],
  },
  'EntityNotExist.User': {
    en: [
      'The account has no RAM user of this name; or a role session did not name one.',
      'Take the name from ListUsers.',
    ],
    zh: ['账号中没有该名称的 RAM 用户；或角色会话未指定用户。', '从 ListUsers 获取用户名。'],
  },
  'EntityNotExist.User.AccessKey': {
    en: [
      'The user, or the account itself without `UserName`, has no such access key.',
      'Take it from ListAccessKeys, with the same `UserName`.',
    ],
    zh: ['该用户（未传 `UserName` 时为主账号）没有该 AccessKey。', '使用相同的 `UserName` 从 ListAccessKeys 获取。'],
  },
  'EntityNotExist.User.Group': {
    en: ['The user is not in the group.', 'Look at ListGroupsForUser.'],
    zh: ['用户不在该用户组中。', '查看 ListGroupsForUser。'],
  },
  'EntityNotExist.User.LoginProfile': {
    en: ['The user cannot log on to the console.', 'Call CreateLoginProfile first.'],
    zh: ['该用户未启用控制台登录。', '先调用 CreateLoginProfile。'],
  },
  'EntityNotExist.User.MFADevice': {
    en: ['The user has no second factor.', 'To give the user one, call CreateVirtualMFADevice and BindMFADevice.'],
    zh: ['用户未绑定多因素认证设备。', '需要时调用 CreateVirtualMFADevice 和 BindMFADevice。'],
  },
  'EntityNotExist.User.Policy': {
    en: [
      'The policy is not attached to the user itself; it may be to one of its groups.',
      'Look at ListPoliciesForUser.',
    ],
    zh: ['权限策略未直接授予该用户，可能授予了其用户组。', '查看 ListPoliciesForUser。'],
  },
  'EntityNotExist.VirtualMFADevice': {
    en: [
      'No virtual device of the account has this serial number.',
      'Take the SerialNumber from ListVirtualMFADevices: `acs:ram::<account>:mfa/<name>`.',
    ],
    zh: [
      '账号下没有该序列号的虚拟多因素认证设备。',
      '从 ListVirtualMFADevices 获取 SerialNumber，格式为 `acs:ram::<账号>:mfa/<名称>`。',
    ],
  },
  'EntityNotExists.ResourceGroup': {
    en: [
      '`ResourceGroupId` names a scope; there is none but the whole account.',
      'Leave it out, or send the ID of the account.',
    ],
    zh: ['`ResourceGroupId` 指定了授权范围，此处仅支持整个账号。', '不传，或传入账号 ID。'],
  },
} as const satisfies Explanations<'Entity'>
