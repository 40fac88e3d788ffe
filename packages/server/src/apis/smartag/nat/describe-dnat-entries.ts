import { numberToIpv4 } from '@opensag/rules'
import { integer, integerField, stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, sagId } from '../common-params.ts'
import { dnatType, isIdOf, onlyServersFault } from './dnat-params.ts'

export const describeDnatEntries = operation({
  name: 'DescribeDnatEntries',
  family: 'nat',
  about: { en: 'List the DNAT entries of an instance, the oldest first.', zh: '查询实例的 DNAT 条目，旧的在前。' },
  source: 'Smartag 2018-03-13, DescribeDnatEntries',
  access: {
    action: 'smartag:DescribeDnatEntries',
    level: 'Read',
    resource: 'smartag/{SagId}',
    dependent: [],
    tellsOthersApart: true,
  },
  transaction: 'read',

  params: {
    RegionId: regionId.required('MissingParameter'),
    SagId: sagId.required('MissingParameter').satisfies(isIdOf('sag'), 'InvalidParameter'),
    // The page says `Intranet`; the Terraform provider never sends it and reads entries of both kinds (S).
    Type: dnatType.about('Only entries of this kind; both without it.', '条目类型；不指定时返回两种条目。'),
    PageNumber: integer()
      .range(1, 2_147_483_647)
      .invalid('InvalidParameter')
      .default(1)
      .example('1')
      .about('The page, from 1.', '页码，从 1 开始。'),
    PageSize: integer()
      .range(1, 50)
      .invalid('InvalidParameter')
      .default(10)
      .example('10')
      .about('Entries on a page, up to 50.', '每页数量，最大 50。'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数'],
    InternalError: onlyServersFault,
  },

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    DnatEntries: wrapped('DnatEntry', {
      DnatEntryId: stringField,
      SagId: stringField,
      Type: stringField,
      IpProtocol: stringField,
      ExternalIp: stringField,
      ExternalPort: stringField,
      InternalIp: stringField,
      InternalPort: stringField,
    }),
  },

  async run({ caller, fleet, addresses, fail }, { RegionId, SagId, Type, PageNumber, PageSize }) {
    const instance = await fleet.instanceById(SagId)
    const isHere = instance !== undefined && instance.regionId === RegionId
    if (isHere && instance.accountId !== caller.accountId) throw fail('Forbidden')
    // No code of the table says that there is no such instance.
    const { total, entries } = isHere
      ? await addresses.dnatEntriesOnPage(instance.id, Type, { number: PageNumber, size: PageSize })
      : { total: 0, entries: [] }
    return {
      TotalCount: total,
      PageNumber,
      PageSize,
      DnatEntries: entries.map((entry) => ({
        DnatEntryId: entry.id,
        SagId,
        Type: entry.type,
        IpProtocol: entry.protocol,
        ExternalIp: entry.externalIp === undefined ? '' : numberToIpv4(entry.externalIp),
        ExternalPort: String(entry.externalPort),
        InternalIp: numberToIpv4(entry.internalIp),
        InternalPort: String(entry.internalPort),
      })),
    }
  },
})
