import { stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'

export const getAccountAlias = operation({
  name: 'GetAccountAlias',
  family: 'account-alias',
  about: { en: 'Show the alias of the account, if it has one.', zh: '查询账号别名，未设置时不返回。' },
  source: 'Ram 2015-05-01, GetAccountAlias',
  access: { action: 'ram:GetAccountAlias', level: 'Read', resource: 'acs:ram:*:{account}:*', dependent: [] },
  transaction: 'read',

  params: {},

  errors: {},

  result: { AccountAlias: stringField },

  async run({ ram, caller }) {
    return { AccountAlias: await ram.accounts.alias(caller.accountId) }
  },
})
