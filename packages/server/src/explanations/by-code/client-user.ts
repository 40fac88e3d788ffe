import type { Explanations } from '../explanation.ts'

export const clientUser = {
  'ClientUser.BandwidthInvalid': {
    en: ['`Bandwidth` is not a whole number from 1 to 20000 (Kbit/s).', 'Correct it; 2000 is usual.'],
    zh: ['`Bandwidth` 不是 1～20000 的整数（Kbit/s）。', '修正取值；默认 2000。'],
  },
  'ClientUser.EmailEmpty': {
    en: ['`UserMail` was not sent or is blank; the password is mailed there.', 'Send the address of the user.'],
    zh: ['未传 `UserMail` 或为空；密码将发送至该邮箱。', '传入用户邮箱。'],
  },
  'ClientUser.EmailInvalid': {
    en: ['A mail address has at most 64 characters: letters, digits, `_ . -` around one `@`.', 'Correct it.'],
    zh: ['邮箱最长 64 个字符，由字母、数字、`_ . -` 和一个 `@` 组成。', '修正邮箱。'],
  },
  'ClientUser.InvalidClientIp': {
    en: [
      'The fixed address lies outside the pool of the SAG APP, is its network, service or broadcast address, or another account has it.',
      'Choose a free one of the pool, or leave it out.',
    ],
    zh: ['固定地址不在 SAG APP 的地址池内、为网络/服务/广播地址，或已被其他账号使用。', '选择池内空闲地址，或不传。'],
    in: {
      RoamClientUser: {
        en: ['The account has a fixed address, which no other pool has.', 'Roam an account without one.'],
        zh: ['该账号使用固定地址，其他地址池中不存在。', '使用未设固定地址的账号漫游。'],
      },
    },
  },
  'ClientUser.IpEmpty': {
    en: ['`ClientIp` was sent and is blank.', 'Send an address of the pool, or leave it out.'],
    zh: ['传入了 `ClientIp`，但值为空。', '传入池内地址，或不传。'],
  },
  'ClientUser.IpInvalid': {
    en: ['`ClientIp` is not an IPv4 address.', 'Correct it, or leave it out.'],
    zh: ['`ClientIp` 不是 IPv4 地址。', '修正，或不传。'],
  },
  'ClientUser.NameEmpty': {
    en: ['The user name was not sent or is blank.', 'Send it; DescribeSmartAccessGatewayClientUsers lists them.'],
    zh: ['未传用户名或为空。', '传入用户名；可通过 DescribeSmartAccessGatewayClientUsers 查询。'],
    in: {
      CreateSmartAccessGatewayClientUser: {
        en: ['`Password` was sent without `UserName`; they go together.', 'Send both, or neither to have them made.'],
        zh: ['传了 `Password` 但未传 `UserName`，两者须同时指定。', '同时传入，或都不传由系统生成。'],
      },
    },
  },
  'ClientUser.NameInvalid': {
    en: [
      'No account of the instance has this name, or no account could have it.',
      'Take the name from DescribeSmartAccessGatewayClientUsers.',
    ],
    zh: ['该实例没有此用户名的账号，或用户名格式不合法。', '从 DescribeSmartAccessGatewayClientUsers 获取用户名。'],
    in: {
      CreateSmartAccessGatewayClientUser: {
        en: ['A new name has 7–33 letters, digits, `_ @ . -`, the first a letter or digit.', 'Choose one like that.'],
        zh: ['用户名为 7～33 个字母、数字或 `_ @ . -`，以字母或数字开头。', '按规则命名。'],
      },
    },
  },
  'ClientUser.NotSupportAction': {
    en: ['The instance is not a SAG APP, so it has no accounts.', 'Use an id of CreateSmartAccessGatewaySoftware.'],
    zh: ['该实例不是 SAG APP，没有客户端账号。', '使用 CreateSmartAccessGatewaySoftware 创建的实例。'],
  },
  'ClientUser.UserExist': {
    en: [
      'The instance has an account of this name.',
      'Choose another name, or change that one with ModifySmartAccessGatewayClientUser.',
    ],
    zh: ['该实例已有同名账号。', '更换用户名，或用 ModifySmartAccessGatewayClientUser 修改已有账号。'],
  },
  'ClientUser.UserOverLimit': {
    en: [
      'The instance has as many accounts as connections were bought (`UserCount`).',
      'Call UpgradeSmartAccessGatewaySoftware, or delete an account.',
    ],
    zh: ['账号数已达购买的客户端数（`UserCount`）。', '调用 UpgradeSmartAccessGatewaySoftware 升配，或删除账号。'],
  },
} as const satisfies Explanations<'ClientUser'>
