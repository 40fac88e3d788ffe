import { boolean, booleanField, direct, integer, integerField, stringField, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { regionId } from '../common-params.ts'

export const listEnterpriseCode = operation({
  name: 'ListEnterpriseCode',
  family: 'enterprise-codes',
  about: { en: 'List the enterprise codes of the account.', zh: '查询账号的企业码。' },
  source: 'Smartag 2018-03-13, ListEnterpriseCode',
  access: { action: 'smartag:ListEnterpriseCode', level: 'List', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId.about('The region.', '地域。'),
    EnterpriseCode: text().example('12P34').about('This code only, whatever its case.', '企业码，不区分大小写。'),
    // `false` is the published default, so it cannot mean "without the default one".
    IsDefault: boolean()
      .default(false)
      .example('false')
      .about('Only the default one. Otherwise all.', '是否只查询默认企业码，否则查询全部。'),
    MaxResults: integer()
      .range(1, 100)
      .default(10)
      .example('10')
      .about('Codes in one answer, up to 100.', '每次返回的数量，最大 100。'),
    NextToken: text()
      .readsAs(codeIn)
      .example(tokenOf('12p34'))
      .about('Where the previous answer ended.', '上一次返回的 NextToken。'),
  },

  errors: {},

  result: {
    EnterpriseCodes: direct({ EnterpriseCode: stringField, IsDefault: booleanField }),
    TotalCount: integerField,
    MaxResults: integerField,
    NextToken: stringField,
  },

  async run({ caller, enterpriseCodes }, { EnterpriseCode, IsDefault, MaxResults, NextToken }) {
    const filter = { accountId: caller.accountId, code: EnterpriseCode, onlyDefault: IsDefault }
    const { total, codes } = await enterpriseCodes.codes(filter, NextToken, MaxResults + 1)
    const shown = codes.slice(0, MaxResults)
    const last = shown.at(-1)
    return {
      EnterpriseCodes: shown.map((code) => ({ EnterpriseCode: code.shown, IsDefault: code.isDefault })),
      TotalCount: total,
      MaxResults,
      NextToken: codes.length > MaxResults && last !== undefined ? tokenOf(last.code) : undefined,
    }
  },
})

function tokenOf(code: string): string {
  return Buffer.from(code).toString('base64url')
}

function codeIn(token: string): string | undefined {
  const code = Buffer.from(token, 'base64url').toString()
  return /^[a-z0-9]{5}$/.test(code) ? code : undefined
}
