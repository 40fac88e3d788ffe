import { areNetworkMasks } from '../../../access/login-networks.ts'
import { boolean, integer, objectField, type Param, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { badFormat, rows } from '../error-rows.ts'
import { securityPreferenceFields, shownSecurityPreference } from './security-preference-fields.ts'

const selfService = (en: string, zh: string): Param<boolean | undefined> =>
  boolean()
    .blank()
    .example('true')
    .about(`Whether every user may ${en} without a policy that allows it.`, `无需授权，用户是否可自行${zh}。`)

const notBuilt = (en: string, zh: string): Param<boolean | undefined, 'NotSupport.SecurityPreference'> =>
  boolean()
    .blank()
    .satisfies((asked) => asked === false, 'NotSupport.SecurityPreference')
    .example('false')
    .about(en, zh)

export const setSecurityPreference = operation({
  name: 'SetSecurityPreference',
  family: 'security',
  about: {
    en: 'Set the rules for logons to the console, and what users may do with their own password, keys and second factor. What is not given stays.',
    zh: '设置控制台登录规则，以及用户可自行管理的密码、访问密钥和多因素认证设备。未指定的参数保持不变。',
  },
  source: 'Ram 2015-05-01, SetSecurityPreference',
  access: { action: 'ram:SetSecurityPreference', level: 'Write', resource: 'acs:ram:*:{account}:*', dependent: [] },
  transaction: 'write',

  params: {
    AllowUserToChangePassword: selfService('change its own password', '修改密码'),
    AllowUserToManageAccessKeys: selfService(
      'manage its own access keys, naming itself in `UserName`',
      '管理访问密钥（须在 `UserName` 中填写自己）',
    ),
    AllowUserToManageMFADevices: selfService(
      'manage its own second factor, a device with the name of the user',
      '管理多因素认证设备（设备名与用户名相同）',
    ),
    LoginSessionDuration: integer()
      .range(1, 24)
      .blank()
      .example('6')
      .about('How long a logon lasts, in hours, 1 to 24.', '登录会话的有效期（小时），1 至 24。'),
    LoginNetworkMasks: text()
      .satisfies(areNetworkMasks, 'InvalidParameter.LoginNetworkMasks.Format')
      .clearable()
      .example('192.168.0.0/16;10.0.0.0/8')
      .about(
        'Blocks from which users may log on, separated by `;`: up to 40, and 512 characters. Empty: from everywhere.',
        '允许登录的地址段，以 `;` 分隔，最多 40 个、512 个字符。为空表示不限制。',
      ),
    EnableSaveMFATicket: notBuilt(
      'Whether a code of the second factor counts for seven days. Only `false`: each logon needs a code.',
      '多因素认证的验证码是否保留七天。仅支持 `false`：每次登录都需要验证码。',
    ),
    AllowUserToManagePublicKeys: notBuilt(
      'Whether users may manage public keys. Only `false`: there are none.',
      '用户是否可管理公钥。仅支持 `false`：不提供公钥。',
    ),
  },

  errors: { ...badFormat('LoginNetworkMasks'), ...rows('NotSupport.SecurityPreference') },

  result: { SecurityPreference: objectField(securityPreferenceFields) },

  async run({ ram, caller }, params) {
    const before = await ram.accounts.securityPreference(caller.accountId)
    const preference = {
      loginSessionHours: params.LoginSessionDuration ?? before.loginSessionHours,
      loginNetworkMasks: params.LoginNetworkMasks ?? before.loginNetworkMasks,
      allowUserToChangePassword: params.AllowUserToChangePassword ?? before.allowUserToChangePassword,
      allowUserToManageAccessKeys: params.AllowUserToManageAccessKeys ?? before.allowUserToManageAccessKeys,
      allowUserToManageMfaDevices: params.AllowUserToManageMFADevices ?? before.allowUserToManageMfaDevices,
    }
    await ram.accounts.setSecurityPreference(caller.accountId, preference)
    return { SecurityPreference: shownSecurityPreference(preference) }
  },
})
