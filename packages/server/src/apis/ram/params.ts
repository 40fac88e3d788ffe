import type { Secret } from '@opensag/protocol'
import { isMail } from '@opensag/rules'
import { isLoginPassword } from '../../access/login-password.ts'
import { boolean, integer, type Param, secret, text } from '../../declare/index.ts'
import type { CharsCode, FormatCode, LengthCode } from './error-rows.ts'
import { longest, sessionDuration } from './limits.ts'

// What several operations take. `param` is the name on the wire, which the codes of its errors repeat.

type NameParam<N extends string> = Param<string | undefined, CharsCode<N> | LengthCode<N>>

function name<const N extends string>(param: N, allowed: RegExp, most: number): NameParam<N> {
  return text()
    .satisfies((value) => allowed.test(value), `InvalidParameter.${param}.InvalidChars` as CharsCode<N>)
    .satisfies((value) => characters(value) <= most, `InvalidParameter.${param}.Length` as LengthCode<N>)
}

function shortText<const N extends string>(param: N, most: number): Param<string | undefined, LengthCode<N>> {
  return text().satisfies((value) => characters(value) <= most, `InvalidParameter.${param}.Length` as LengthCode<N>)
}

/** Code points, as the pages count. */
export function characters(value: string): number {
  return [...value].length
}

export function userName<const N extends string>(param: N): NameParam<N> {
  return name(param, /^[A-Za-z0-9._-]+$/, longest.userName)
    .example('alice')
    .about(
      'The name of the RAM user: 1 to 64 letters, digits and `. - _`.',
      'RAM 用户名，1 至 64 个字符，可包含字母、数字和 `. - _`。',
    )
}

export function groupName<const N extends string>(param: N): NameParam<N> {
  return name(param, /^[A-Za-z0-9._-]+$/, longest.groupName)
    .example('Dev-Team')
    .about(
      'The name of the group: 1 to 64 letters, digits and `. - _`.',
      '用户组名，1 至 64 个字符，可包含字母、数字和 `. - _`。',
    )
}

export function roleName<const N extends string>(param: N): NameParam<N> {
  return name(param, /^[A-Za-z0-9.-]+$/, longest.roleName)
    .example('GatewayAdmin')
    .about(
      'The name of the role: 1 to 64 letters, digits, `.` and `-`.',
      '角色名，1 至 64 个字符，可包含字母、数字、`.` 和 `-`。',
    )
}

/** A service that has a role in accounts: here there is one. */
export const serviceName: Param<'smartag.aliyuncs.com' | undefined, 'EntityNotExist.Service'> = text()
  .oneOf('smartag.aliyuncs.com')
  .invalid('EntityNotExist.Service')
  .example('smartag.aliyuncs.com')
  .about('The service: `smartag.aliyuncs.com`.', '云服务名称：`smartag.aliyuncs.com`。')

export function policyName<const N extends string>(param: N): NameParam<N> {
  return name(param, /^[A-Za-z0-9-]+$/, longest.policyName)
    .example('Gateway-Operator')
    .about(
      'The name of the policy: 1 to 128 letters, digits and `-`.',
      '权限策略名称，1 至 128 个字符，可包含字母、数字和 `-`。',
    )
}

export const mfaDeviceName: NameParam<'VirtualMFADeviceName'> = name(
  'VirtualMFADeviceName',
  /^[A-Za-z0-9.-]+$/,
  longest.mfaDeviceName,
)
  .example('phone-of-alice')
  .about(
    'The name of the device: 1 to 64 letters, digits, `.` and `-`.',
    '设备名称，1 至 64 个字符，可包含字母、数字、`.` 和 `-`。',
  )

export const mfaSerialNumber: Param<string | undefined> = text()
  .example('acs:ram::1234567890123456:mfa/phone-of-alice')
  .about('The device, as CreateVirtualMFADevice told it.', '设备序列号，由 CreateVirtualMFADevice 返回。')

export const policyType: Param<'System' | 'Custom' | undefined, 'InvalidParameter.PolicyType'> = text()
  .oneOf('System', 'Custom')
  .invalid('InvalidParameter.PolicyType')
  .example('Custom')
  .about('Whose policy it is: `System` or `Custom`.', '权限策略类型：`System` 或 `Custom`。')

export function versionId<const N extends string>(param: N): Param<number | undefined, FormatCode<N>> {
  return text()
    .readsAs(versionNumber, `InvalidParameter.${param}.Format` as FormatCode<N>)
    .example('v2')
    .about('The version: `v` and its number.', '版本号：`v` 加数字。')
}

/** `v3` → 3; `undefined` for what is no version. */
function versionNumber(id: string): number | undefined {
  return /^v[1-9]\d{0,8}$/.test(id) ? Number(id.slice(1)) : undefined
}

/** Anything people write, other than control characters: the pages disagree about the rest (C). */
export function displayName<const N extends string>(param: N): NameParam<N> {
  return name(param, /^\P{Cc}*$/u, longest.displayName)
    .example('Alice')
    .about('How the user is shown, up to 128 characters.', '显示名称，最长 128 个字符。')
}

export function comments<const N extends string>(param: N): Param<string | undefined, LengthCode<N>> {
  return shortText(param, longest.comments)
    .example('Night shift')
    .about('A note, up to 128 characters.', '备注，最长 128 个字符。')
}

export function description<const N extends string>(param: N): Param<string | undefined, LengthCode<N>> {
  return shortText(param, longest.description)
    .example('Operators of gateways')
    .about('A description, up to 1,024 characters.', '描述，最长 1,024 个字符。')
}

export function mobilePhone<const N extends string>(param: N): Param<string | undefined, FormatCode<N>> {
  return text()
    .satisfies((value) => /^\d{1,4}-\d{4,15}$/.test(value), `InvalidParameter.${param}.Format` as FormatCode<N>)
    .example('86-18600000000')
    .about('The mobile phone: country code, `-`, number.', '手机号码，格式为“国家代码-号码”。')
}

export function email<const N extends string>(param: N): Param<string | undefined, FormatCode<N>> {
  return text()
    .satisfies(isMail, `InvalidParameter.${param}.Format` as FormatCode<N>)
    .example('alice@example.com')
    .about('The email address.', '电子邮箱。')
}

/** Attachments hold in the whole account; there is no narrower scope. */
export const resourceGroupId: Param<string | undefined> = text()
  .example('1210123456123456')
  .about(
    'Where the permission holds. Only the whole account, by its ID; that is also what its absence means.',
    '授权生效范围。仅支持整个账号（填写账号 ID），不填时相同。',
  )

export const accessKeyId: Param<string | undefined> = text()
  .example('LTAI5tExampleExample0001')
  .about('The ID of the access key.', 'AccessKey ID。')

/** Whose keys, in operations that a user may call for itself without a name. */
export const ownerName: NameParam<'UserName'> = userName('UserName').about(
  'The RAM user the key belongs to. Without it the caller: the user who calls, or the account itself.',
  'AccessKey 所属的 RAM 用户。不填时为调用者本身：RAM 用户，或主账号。',
)

export const maxSessionDuration: Param<number | undefined> = integer()
  .range(sessionDuration.min, sessionDuration.max)
  .example('3600')
  .about('The longest session of the role, in seconds: 3,600 to 43,200.', '角色的最大会话时长，3,600 至 43,200 秒。')

export const passwordResetRequired: Param<boolean | undefined> = boolean()
  .example('false')
  .about('Whether the user has to change the password at the next logon.', '下次登录时是否须修改密码。')

/** Who has to bind one and has none cannot log on (C): the console has no screen to bind one before a logon. */
export const mfaBindRequired: Param<boolean | undefined> = boolean()
  .example('false')
  .about(
    'Whether the user must have a second factor. With `true` a user without one cannot log on; bind it with BindMFADevice.',
    '是否须绑定多因素认证设备。设为 `true` 时，未绑定设备的用户无法登录控制台；请使用 BindMFADevice 绑定。',
  )

/** A password to log on to the console with. */
export function newPassword<const C extends string>(tooWeak: C): Param<Secret | undefined, C> {
  return secret(/^/)
    .satisfies(isLoginPassword)
    .invalid(tooWeak)
    .example('Night-Shift_2024')
    .about(
      'The password: 8 to 32 printable characters, of at least three of these: capitals, small letters, digits, others.',
      '登录密码，8 至 32 个可打印字符，至少包含大写字母、小写字母、数字、其他字符中的三种。',
    )
}
