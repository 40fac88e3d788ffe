import { objectField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { securityPreferenceFields, shownSecurityPreference } from './security-preference-fields.ts'

export const getSecurityPreference = operation({
  name: 'GetSecurityPreference',
  family: 'security',
  about: {
    en: 'Show the rules for logons to the console, and what users may do with their own password, keys and second factor.',
    zh: '查询控制台登录规则，以及用户可自行管理的密码、访问密钥和多因素认证设备。',
  },
  source: 'Ram 2015-05-01, GetSecurityPreference',
  access: { action: 'ram:GetSecurityPreference', level: 'Read', resource: 'acs:ram:*:{account}:*', dependent: [] },
  transaction: 'read',

  params: {},

  errors: {},

  result: { SecurityPreference: objectField(securityPreferenceFields) },

  async run({ ram, caller }) {
    return { SecurityPreference: shownSecurityPreference(await ram.accounts.securityPreference(caller.accountId)) }
  },
})
