import { numberToIpv4 } from '@opensag/rules'
import { integer, integerField, longField, stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageSize, regionId, smartAgId } from '../common-params.ts'

export const describeSnatEntries = operation({
  name: 'DescribeSnatEntries',
  family: 'nat',
  about: { en: 'List the SNAT entries of an instance, the oldest first.', zh: '查询实例的私网 SNAT 条目，旧的在前。' },
  source: 'Smartag 2018-03-13, DescribeSnatEntries',
  access: { action: 'smartag:DescribeSnatEntries', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    PageNumber: integer().range(1, 50).default(1).example('1').about('The page, from 1.', '页码，从 1 开始。'),
    PageSize: pageSize('Entries'),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      {
        en: 'No table is published for this operation; the service-wide list has this code for an instance that is not there.',
        zh: '该操作没有公开的错误码表，采用公共错误码列表中“实例不存在”的错误码。',
      },
    ],
  },

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    SnatEntries: wrapped('SnatEntry', {
      InstanceId: stringField,
      CidrBlock: stringField,
      SnatIp: stringField,
      CreateTime: longField,
    }),
  },

  async run({ caller, fleet, addresses, fail }, { RegionId, SmartAGId, PageNumber, PageSize }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const { total, entries } = await addresses.snatEntriesOnPage(instance.id, { number: PageNumber, size: PageSize })
    return {
      TotalCount: total,
      PageNumber,
      PageSize,
      SnatEntries: entries.map(({ id, cidr, snatIp, createdAt }) => ({
        InstanceId: id,
        CidrBlock: cidr.cidr,
        SnatIp: numberToIpv4(snatIp),
        CreateTime: createdAt,
      })),
    }
  },
})
