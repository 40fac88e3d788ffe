import { boolean, booleanField, direct, integer, integerField, stringField, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { nextToken, pageOf, placeIn, tokenOf } from '../../paging.ts'
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
    NextToken: nextToken(codeIn, tokenOf('12p34')),
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
    const { shown, more } = pageOf(codes, MaxResults, ({ code }) => tokenOf(code))
    return {
      EnterpriseCodes: shown.map((code) => ({ EnterpriseCode: code.shown, IsDefault: code.isDefault })),
      TotalCount: total,
      ...more,
    }
  },
})

function codeIn(token: string): string | undefined {
  const code = placeIn(token)
  return /^[a-z0-9]{5}$/.test(code) ? code : undefined
}
