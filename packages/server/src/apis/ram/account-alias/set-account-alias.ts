import { text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { rows } from '../error-rows.ts'

export const setAccountAlias = operation({
  name: 'SetAccountAlias',
  family: 'account-alias',
  about: {
    en: 'Give the account another name, by which its users log on: `alice@alias`. It takes the place of one it has.',
    zh: '设置账号别名，用户登录时使用：`alice@别名`。已有的别名将被替换。',
  },
  source: 'Ram 2015-05-01, SetAccountAlias',
  access: { action: 'ram:SetAccountAlias', level: 'Write', resource: 'acs:ram:*:{account}:*', dependent: [] },
  transaction: 'write',

  params: {
    AccountAlias: text()
      .required()
      .satisfies(isAlias, 'InvalidParameter.AccountAlias.Format')
      .length(3, 63)
      .invalid('InvalidParameter.AccountAlias.Length')
      .example('night-shift')
      .about(
        'The alias: 3 to 63 small letters, digits and `-`, with no `-` at an end or beside another; not 16 digits.',
        '账号别名，3 至 63 个字符，可包含小写字母、数字和 `-`，不能以 `-` 开头或结尾，不能有连续的 `-`，不能是 16 位数字。',
      ),
  },

  errors: rows(
    'InvalidParameter.AccountAlias.Format',
    'InvalidParameter.AccountAlias.Length',
    'EntityAlreadyExists.AccountAlias',
  ),

  result: {},

  async run({ ram, caller, fail }, { AccountAlias }) {
    const named = await ram.accounts.named(AccountAlias)
    if (named !== undefined && named !== caller.accountId) throw fail('EntityAlreadyExists.AccountAlias')
    await ram.accounts.setAlias(caller.accountId, AccountAlias)
    return {}
  },
})

/** Never what could be the id of an account: users of that one would log on here (C). */
function isAlias(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && !/^\d{16}$/.test(text)
}
