import { objectField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { passwordPolicyFields, shownPasswordPolicy } from './password-policy-fields.ts'

export const getPasswordPolicy = operation({
  name: 'GetPasswordPolicy',
  family: 'security',
  about: {
    en: 'Show the rules for the passwords with which the users of the account log on to the console.',
    zh: '查询账号下 RAM 用户控制台登录密码的规则。',
  },
  source: 'Ram 2015-05-01, GetPasswordPolicy',
  access: { action: 'ram:GetPasswordPolicy', level: 'Read', resource: 'acs:ram:*:{account}:*', dependent: [] },
  transaction: 'read',

  params: {},

  errors: {},

  result: { PasswordPolicy: objectField(passwordPolicyFields) },

  async run({ ram, caller }) {
    return { PasswordPolicy: shownPasswordPolicy(await ram.accounts.passwordPolicy(caller.accountId)) }
  },
})
