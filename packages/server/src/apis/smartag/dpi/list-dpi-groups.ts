import { applicationGroups, recognisedBy } from '@opensag/rules'
import { direct, integerField, list, stringField, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { pageOf, tokenOf } from '../../paging.ts'
import { ownerParams, regionId } from '../common-params.ts'
import { mostResults, nextNumber, numbers } from './dpi-params.ts'

export const listDpiGroups = operation({
  name: 'ListDpiGroups',
  family: 'dpi',
  about: {
    en: 'List the groups of applications that gateways recognise: the categories of nDPI 4.2, by number.',
    zh: '查询网关可识别的应用组：nDPI 4.2 的类别，按编号排序。',
  },
  source: 'Smartag 2018-03-13, ListDpiGroups',
  access: { action: 'smartag:ListDpiGroups', level: 'List', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId.about('The region.', '地域。'),
    DpiGroupIds: numbers.satisfies(atMostTen).about('These only, up to 10.', '应用组 ID，最多 10 个。'),
    DpiGroupNames: list(text().example('P2P'))
      .satisfies(atMostTen)
      .about('Those with one of these names, up to 10.', '应用组名称，最多 10 个。'),
    MaxResults: mostResults,
    NextToken: nextNumber,
    ...ownerParams,
  },

  // The published table is empty: parameters are answered by the front door.
  errors: {},

  result: {
    DpiGroup: direct({
      DpiGroupId: stringField,
      DpiGroupName: stringField,
      MinEngineVersion: stringField,
      MinSignatureDbVersion: stringField,
    }),
    TotalCount: integerField,
    NextToken: stringField,
  },

  async run(_context, { DpiGroupIds, DpiGroupNames, MaxResults, NextToken }) {
    const wanted = applicationGroups.filter(
      ({ id, name }) => (DpiGroupIds?.includes(String(id)) ?? true) && (DpiGroupNames?.includes(name) ?? true),
    )
    const rest = wanted.filter(({ id }) => id > (NextToken ?? 0))
    const { shown, more } = pageOf(rest, MaxResults, ({ id }) => tokenOf(id))
    return {
      TotalCount: wanted.length,
      NextToken: more.NextToken,
      DpiGroup: shown.map(({ id, name }) => ({
        DpiGroupId: String(id),
        DpiGroupName: name,
        MinEngineVersion: recognisedBy.version,
        MinSignatureDbVersion: recognisedBy.version,
      })),
    }
  },
})

function atMostTen(values: readonly string[]): boolean {
  return values.length <= 10
}
