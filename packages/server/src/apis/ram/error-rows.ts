import type { ErrorRow, ErrorTable } from '../../declare/index.ts'
import { linkedRoleRows } from './linked-role-rows.ts'

// Unlike SmartAG's, the errors of RAM are the same in every operation: one list is published for all of them ("Error
// messages" of the API reference), letter by letter as it stands here, mistakes included. Tables of operations pick from it.

/** Why a row is not in the published list. */
export const outside = {
  forRoles: {
    en: 'The published list has this code for users and groups only; clients know this one for roles.',
    zh: '公开的错误码列表仅针对用户和用户组，客户端已知有针对角色的同类错误码。',
  },
  forTags: {
    en: 'The published list is older than tags. The form is that of its other codes.',
    zh: '公开的错误码列表早于标签功能，形式与其他错误码一致。',
  },
  ours: {
    en: 'What it is about is not part of the published API.',
    zh: '与之相关的功能不属于公开的 API。',
  },
  notBuilt: {
    en: 'OpenSAG does not do this; to accept it and do nothing would be worse.',
    zh: 'OpenSAG 未提供该功能；接受请求却不生效会更糟。',
  },
} as const

const known = {
  ...linkedRoleRows,
  MalformedPolicyDocument: [400, 'The policy document is malformed.', '权限策略内容不合法。'],
  'InvalidParameter.PolicyType': [400, 'The parameter - "PolicyType" is incorrect.', '参数 PolicyType 不正确。'],
  'InvalidParameter.ResourceType': [
    400,
    'The parameter - "ResourceType" is incorrect.',
    '参数 ResourceType 不正确。',
    outside.forTags,
  ],
  'InvalidParameter.Password.TooWeak': [
    400,
    'The parameter - "Password" is not compliant with the password policy.',
    '密码不符合密码强度要求。',
  ],
  'InvalidParameter.NewPassword.TooWeak': [
    400,
    'The parameter - "NewPassword" is not compliant with the password policy.',
    '新密码不符合密码强度要求。',
  ],
  'InvalidParameter.OldPassword.Incorrect': [400, 'The parameter - "OldPassword" is incorrect.', '旧密码不正确。'],
  'InvalidParameter.AccountAlias.Format': [
    400,
    'The format of parameter - "AccountAlias" is incorrect.',
    '参数 AccountAlias 格式不正确。',
  ],
  'InvalidParameter.AccountAlias.Length': [
    400,
    'The parameter - "AccountAlias" MUST be in the range of 3 and 63.',
    '参数 AccountAlias 的长度必须为 3 至 63 个字符。',
  ],
  'InvalidParameter.AuthenticationCode.Format': [
    400,
    'The parameter - "AuthenticationCode" MUST be 6 numbers.',
    '参数 AuthenticationCode 必须为 6 位数字。',
  ],
  'InvalidParameter.MinimumPasswordLength.Range': [
    400,
    'The parameter - "MinimumPasswordLength" MUST be in the range of 8 and 32.',
    '参数 MinimumPasswordLength 必须在 8 至 32 之间。',
  ],
  // "inccorrect": as published.
  CheckAuthenticationCodeFail: [
    403,
    'The parameter - "AuthenticationCode" is inccorrect.',
    '多因素认证的验证码不正确。',
  ],
  'NotSupport.Account': [400, 'This method can be only invoked by sub user.', '仅 RAM 用户可以调用该接口。'],
  'NotSupport.SecurityPreference': [
    400,
    'This security preference is not supported.',
    '不支持该安全设置。',
    outside.notBuilt,
  ],
  'InvalidParameter.Examples.Format': [
    400,
    'The format of the parameter - "Examples" is incorrect.',
    '参数 Examples 格式不正确。',
    outside.ours,
  ],
  'PolicyExample.Failed': [
    400,
    'The policy document does not do what an example of the policy says.',
    '权限策略的效果与其示例不符。',
    outside.ours,
  ],

  'EntityNotExist.User': [404, 'The user does not exist.', '用户不存在。'],
  'EntityNotExist.User.AccessKey': [404, 'The user access key does not exist.', '用户的 AccessKey 不存在。'],
  'EntityNotExist.User.LoginProfile': [404, 'The user login profile does not exist.', '用户未启用控制台登录。'],
  'EntityNotExist.User.MFADevice': [404, 'The user has not bound any MFA device.', '用户未绑定多因素认证设备。'],
  'EntityNotExist.User.Policy': [404, 'The indicate policy of the user does not exist.', '用户未被授予该权限策略。'],
  'EntityNotExist.User.Group': [404, 'The user has not joined the group.', '用户不在该用户组中。'],
  'EntityNotExist.VirtualMFADevice': [404, 'The virtual mfa device does not exist.', '虚拟多因素认证设备不存在。'],
  'EntityNotExist.Group': [404, 'The group does not exist.', '用户组不存在。'],
  'EntityNotExist.Group.Policy': [
    404,
    'The indicate policy attached to the group does not exist.',
    '用户组未被授予该权限策略。',
  ],
  'EntityNotExist.Role': [404, 'The role does not exist.', '角色不存在。'],
  'EntityNotExist.Role.Policy': [
    404,
    'The indicate policy attached to the role does not exist.',
    '角色未被授予该权限策略。',
    outside.forRoles,
  ],
  'EntityNotExist.Policy': [404, 'The policy does not exist.', '权限策略不存在。'],
  'EntityNotExist.Policy.Version': [404, 'The policy version does not exist.', '权限策略版本不存在。'],
  // Spelled so by the Terraform provider.
  'EntityNotExists.ResourceGroup': [
    404,
    'The resource group does not exist.',
    '资源组不存在。',
    {
      en: 'Clients know this code for a scope that is not there. The only scope here is the account.',
      zh: '客户端已知该错误码表示授权范围不存在。此处的授权范围只有账号。',
    },
  ],
  'EntityAlreadyExists.User': [409, 'The user does already EXIST.', '用户已存在。'],
  'EntityAlreadyExists.User.LoginProfile': [
    409,
    'The user login profile does already EXIST.',
    '用户已启用控制台登录。',
  ],
  'EntityAlreadyExists.User.Group': [409, 'The user has already joined the group.', '用户已在该用户组中。'],
  'EntityAlreadyExists.User.Policy': [
    409,
    'The user has already been attached this policy.',
    '用户已被授予该权限策略。',
  ],
  'EntityAlreadyExists.User.MFADevice': [409, 'The user has already bound a MFA device.', '用户已绑定多因素认证设备。'],
  'EntityAlreadyExists.VirtualMFADevice': [
    409,
    'The virtual mfa device does already EXIST.',
    '虚拟多因素认证设备已存在。',
  ],
  'EntityAlreadyExists.VirtualMFADevice.User': [
    409,
    'The virtual mfa device does already been bound to a user.',
    '该虚拟多因素认证设备已绑定用户。',
  ],
  'EntityAlreadyExists.Group': [409, 'The group does already EXIST.', '用户组已存在。'],
  'EntityAlreadyExists.Group.Policy': [
    409,
    'The group has already been attached this policy.',
    '用户组已被授予该权限策略。',
  ],
  'EntityAlreadyExists.Role': [409, 'The role does already EXIST.', '角色已存在。'],
  'EntityAlreadyExists.Role.Policy': [
    409,
    'The role has already been attached this policy.',
    '角色已被授予该权限策略。',
    outside.forRoles,
  ],
  // "Group": as published, in the list and on the page of CreatePolicy.
  'EntityAlreadyExists.Policy': [409, 'The group does already EXIST.', '权限策略已存在。'],
  'EntityAlreadyExists.AccountAlias': [409, 'The account alias does already exist.', '账号别名已存在。'],
  'DeleteConflict.User.Group': [
    409,
    'The user CAN NOT be in any group while deleting the user.',
    '删除用户前须将其移出所有用户组。',
  ],
  'DeleteConflict.User.AccessKey': [
    409,
    'The user CAN NOT has any access key while deleting the user.',
    '删除用户前须删除其所有 AccessKey。',
  ],
  'DeleteConflict.User.LoginProfile': [
    409,
    'The user CAN NOT has any login profile while deleting the user.',
    '删除用户前须关闭其控制台登录。',
  ],
  'DeleteConflict.User.MFADevice': [
    409,
    'The user CAN NOT has any mfa device while deleting the user.',
    '删除用户前须解绑其多因素认证设备。',
  ],
  'DeleteConflict.VirtualMFADevice.User': [
    409,
    'The virtual mfa device CAN NOT been bound to any user while deleting it.',
    '删除虚拟多因素认证设备前须将其解绑。',
  ],
  'DeleteConflict.User.Policy': [
    409,
    'The user CAN NOT has any attached policy while deleting the user.',
    '删除用户前须撤销其所有权限策略。',
  ],
  'DeleteConflict.Group.User': [
    409,
    'The group CAN NOT has any user member while deleting the group.',
    '删除用户组前须移出其所有用户。',
  ],
  'DeleteConflict.Group.Policy': [
    409,
    'The entity CAN NOT has any attached policy while deleting the group.',
    '删除用户组前须撤销其所有权限策略。',
  ],
  'DeleteConflict.Policy.User': [
    409,
    'The policy CAN NOT been attached to any user while deleting the policy.',
    '删除权限策略前须从所有用户撤销。',
  ],
  'DeleteConflict.Policy.Group': [
    409,
    'The policy CAN NOT been attached to any group while deleting the policy.',
    '删除权限策略前须从所有用户组撤销。',
  ],
  'DeleteConflict.Policy.Version': [
    409,
    'The policy CAN NOT has any version except the default version.',
    '删除权限策略前须删除默认版本以外的所有版本。',
  ],
  'DeleteConflict.Policy.Version.Default': [
    409,
    'The default policy version CAN NOT been deleted directly.',
    '不能直接删除默认版本。',
  ],
  'DeleteConflict.Role.Policy': [
    409,
    'The role CAN NOT has any attached policy while deleting the role.',
    '删除角色前须撤销其所有权限策略。',
  ],
  'LimitExceeded.User': [409, 'The count of users beyond the current limits.', '用户数量超出限制。'],
  'LimitExceeded.User.AccessKey': [
    409,
    'The access key count of the user access keys beyond the current limits.',
    '用户的 AccessKey 数量超出限制。',
  ],
  'LimitExceeded.User.Group': [
    409,
    'The count of groups the target user joined beyond the current limits.',
    '用户加入的用户组数量超出限制。',
  ],
  'LimitExceeded.User.Policy': [
    409,
    'The policy count of the user attached policies beyond the current limits.',
    '用户被授予的权限策略数量超出限制。',
  ],
  'LimitExceeded.VirtualMFADevice': [
    409,
    'The count of virtual mfa devices beyond the current limits.',
    '虚拟多因素认证设备数量超出限制。',
  ],
  'LimitExceeded.Group': [409, 'The count of groups beyond the current limits.', '用户组数量超出限制。'],
  'LimitExceeded.Group.Policy': [
    409,
    'The policy count of the group beyond the current limits.',
    '用户组被授予的权限策略数量超出限制。',
  ],
  'LimitExceeded.Policy': [409, 'The count of policy beyond the current limits.', '权限策略数量超出限制。'],
  'LimitExceeded.Policy.Version': [
    409,
    'The count of policy version beyond the current limits.',
    '权限策略的版本数量超出限制。',
  ],
  'LimitExceeded.Tag': [409, 'The count of tags beyond the current limits.', '标签数量超出限制。', outside.forTags],
  'LimitExceeded.Role': [409, 'The count of roles beyond the current limits.', '角色数量超出限制。'],
  'LimitExceeded.Role.Policy': [
    409,
    'The count of policies attached to the role beyond the current limits.',
    '角色被授予的权限策略数量超出限制。',
  ],
} as const satisfies ErrorTable

export type RamCode = keyof typeof known

/** Rows of the published list, in the order given. */
export function rows<const C extends RamCode>(...codes: readonly C[]): Readonly<Record<C, ErrorRow>> {
  return Object.fromEntries(codes.map((code) => [code, known[code]])) as unknown as Readonly<Record<C, ErrorRow>>
}

export type CharsCode<N extends string> = `InvalidParameter.${N}.InvalidChars`
export type LengthCode<N extends string> = `InvalidParameter.${N}.Length`
export type FormatCode<N extends string> = `InvalidParameter.${N}.Format`

/** The two rows of a parameter that is a name. */
export function badName<const N extends string>(param: N): Readonly<Record<CharsCode<N> | LengthCode<N>, ErrorRow>> {
  const chars: ErrorRow = [400, `The parameter - "${param}" contains invalid chars.`, `参数 ${param} 含有非法字符。`]
  return { [`InvalidParameter.${param}.InvalidChars`]: chars, ...tooLong(param) } as unknown as Readonly<
    Record<CharsCode<N> | LengthCode<N>, ErrorRow>
  >
}

export function tooLong<const N extends string>(param: N): Readonly<Record<LengthCode<N>, ErrorRow>> {
  const row: ErrorRow = [400, `The parameter - "${param}" beyond the length limit.`, `参数 ${param} 超出长度限制。`]
  return { [`InvalidParameter.${param}.Length`]: row } as unknown as Readonly<Record<LengthCode<N>, ErrorRow>>
}

export function badFormat<const N extends string>(param: N): Readonly<Record<FormatCode<N>, ErrorRow>> {
  const row: ErrorRow = [400, `The format of the parameter - "${param}" is incorrect.`, `参数 ${param} 格式不正确。`]
  return { [`InvalidParameter.${param}.Format`]: row } as unknown as Readonly<Record<FormatCode<N>, ErrorRow>>
}
