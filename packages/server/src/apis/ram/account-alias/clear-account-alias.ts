import { operation } from '../../operation.ts'

export const clearAccountAlias = operation({
  name: 'ClearAccountAlias',
  family: 'account-alias',
  about: { en: 'Give up the alias of the account. It may be repeated.', zh: '清除账号别名，可重复调用。' },
  source: 'Ram 2015-05-01, ClearAccountAlias',
  access: { action: 'ram:ClearAccountAlias', level: 'Write', resource: 'acs:ram:*:{account}:*', dependent: [] },
  transaction: 'write',

  params: {},

  errors: {},

  result: {},

  async run({ ram, caller }) {
    await ram.accounts.setAlias(caller.accountId, undefined)
    return {}
  },
})
