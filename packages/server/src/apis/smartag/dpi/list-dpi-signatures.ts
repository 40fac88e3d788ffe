import { applications, recognisedBy } from '@opensag/rules'
import { direct, integerField, list, stringField, text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { pageOf, tokenOf } from '../../paging.ts'
import { ownerParams, regionId } from '../common-params.ts'
import { mostResults, nextNumber, numbers } from './dpi-params.ts'

export const listDpiSignatures = operation({
  name: 'ListDpiSignatures',
  family: 'dpi',
  about: {
    en: 'List the applications that gateways recognise: the protocols of nDPI 4.2, by number.',
    zh: '查询网关可识别的应用：nDPI 4.2 的协议，按编号排序。',
  },
  source: 'Smartag 2018-03-13, ListDpiSignatures',
  access: { action: 'smartag:ListDpiSignatures', level: 'List', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId.about('The region.', '地域。'),
    DpiGroupId: text()
      .matches(/^\d{1,9}$/)
      .example('5')
      .about('Those of this group.', '应用组 ID。'),
    DpiSignatureIds: numbers.about('These only.', '应用 ID。'),
    DpiSignatureNames: list(text().example('TLS')).about('Those with one of these names.', '应用名称。'),
    MaxResults: mostResults,
    NextToken: nextNumber,
    ...ownerParams,
  },

  // The published table is empty: parameters are answered by the front door.
  errors: {},

  result: {
    DpiSignature: direct({
      DpiGroupId: stringField,
      DpiSignatureId: stringField,
      DpiSignatureName: stringField,
      MinEngineVersion: stringField,
      MinSignatureDbVersion: stringField,
    }),
    TotalCount: integerField,
    NextToken: stringField,
  },

  async run(_context, { DpiGroupId, DpiSignatureIds, DpiSignatureNames, MaxResults, NextToken }) {
    const wanted = applications.filter(
      ({ id, name, groupId }) =>
        (DpiGroupId ?? String(groupId)) === String(groupId) &&
        (DpiSignatureIds?.includes(String(id)) ?? true) &&
        (DpiSignatureNames?.includes(name) ?? true),
    )
    const rest = wanted.filter(({ id }) => id > (NextToken ?? 0))
    const { shown, more } = pageOf(rest, MaxResults, ({ id }) => tokenOf(id))
    return {
      TotalCount: wanted.length,
      NextToken: more.NextToken,
      DpiSignature: shown.map(({ id, name, groupId }) => ({
        DpiGroupId: String(groupId),
        DpiSignatureId: String(id),
        DpiSignatureName: name,
        MinEngineVersion: recognisedBy.version,
        MinSignatureDbVersion: recognisedBy.version,
      })),
    }
  },
})
