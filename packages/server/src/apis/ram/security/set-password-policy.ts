import { boolean, integer, objectField } from '../../../declare/index.ts'
import { defaultPasswordPolicy, passwordPolicyRanges } from '../../../model/password-policy.ts'
import { operation } from '../../operation.ts'
import { rows } from '../error-rows.ts'
import { passwordPolicyFields, shownPasswordPolicy } from './password-policy-fields.ts'

const ranges = passwordPolicyRanges
const required = (en: string, zh: string) =>
  boolean().default(false).example('true').about(`Whether a password must have ${en}.`, `密码是否必须包含${zh}。`)

export const setPasswordPolicy = operation({
  name: 'SetPasswordPolicy',
  family: 'security',
  about: {
    en: 'Set the rules for the passwords with which the users of the account log on to the console. They hold for passwords that are set from then on; age and attempts count at each logon. What is not given has its default again.',
    zh: '设置账号下 RAM 用户控制台登录密码的规则，适用于此后设置的密码；有效期与尝试次数在每次登录时检查。未指定的参数恢复默认值。',
  },
  source: 'Ram 2015-05-01, SetPasswordPolicy',
  access: { action: 'ram:SetPasswordPolicy', level: 'Write', resource: 'acs:ram:*:{account}:*', dependent: [] },
  transaction: 'write',

  params: {
    MinimumPasswordLength: integer()
      .range(...ranges.minimumLength)
      .default(defaultPasswordPolicy.minimumLength)
      .invalid('InvalidParameter.MinimumPasswordLength.Range')
      .example('12')
      .about('Characters a password must have at least, 8 to 32.', '密码的最小长度，8 至 32。'),
    RequireLowercaseCharacters: required('a small letter', '小写字母'),
    RequireUppercaseCharacters: required('a capital letter', '大写字母'),
    RequireNumbers: required('a digit', '数字'),
    RequireSymbols: required('another character', '其他字符'),
    HardExpiry: boolean()
      .default(false)
      .example('false')
      .about(
        'Whether a user with an expired password cannot log on until an administrator sets another one. Otherwise the user sets one at the logon.',
        '密码过期后是否禁止登录，须由管理员重新设置；否则用户可在登录时修改。',
      ),
    MaxPasswordAge: integer()
      .range(...ranges.maxAgeDays)
      .default(defaultPasswordPolicy.maxAgeDays)
      .example('90')
      .about(
        'Days a password is valid, up to 1,095; 0: it does not expire.',
        '密码有效期（天），最大 1,095；0 表示永不过期。',
      ),
    PasswordReusePrevention: integer()
      .range(...ranges.reusePrevention)
      .default(defaultPasswordPolicy.reusePrevention)
      .example('3')
      .about('How many former passwords cannot be set again, up to 24.', '禁止重复使用的历史密码数量，最大 24。'),
    MaxLoginAttemps: integer()
      .range(...ranges.maxAttempts)
      .default(defaultPasswordPolicy.maxAttempts)
      .example('5')
      .about(
        'Wrong passwords in an hour after which a user cannot log on in that hour, up to 32; 0: no such limit.',
        '一小时内允许的密码错误次数，最大 32；0 表示不限制。',
      ),
  },

  errors: rows('InvalidParameter.MinimumPasswordLength.Range'),

  result: { PasswordPolicy: objectField(passwordPolicyFields) },

  async run({ ram, caller }, params) {
    const policy = {
      minimumLength: params.MinimumPasswordLength,
      requireLowercase: params.RequireLowercaseCharacters,
      requireUppercase: params.RequireUppercaseCharacters,
      requireNumbers: params.RequireNumbers,
      requireSymbols: params.RequireSymbols,
      hardExpiry: params.HardExpiry,
      maxAgeDays: params.MaxPasswordAge,
      reusePrevention: params.PasswordReusePrevention,
      maxAttempts: params.MaxLoginAttemps,
    }
    await ram.accounts.setPasswordPolicy(caller.accountId, policy)
    return { PasswordPolicy: shownPasswordPolicy(policy) }
  },
})
