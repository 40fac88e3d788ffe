import { booleanField, integerField, longField, stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize, regionId, smartAgId } from '../common-params.ts'
import { shownUid } from '../instance-view.ts'

export const describeGrantSagRules = operation({
  name: 'DescribeGrantSagRules',
  family: 'grants',
  about: {
    en: "List which other accounts' cloud connect networks may bind an instance of yours.",
    zh: '查询您的实例授权给了哪些其他账号的云连接网。',
  },
  source: 'Smartag 2018-03-13, DescribeGrantSagRules',
  access: { action: 'smartag:DescribeGrantSagRules', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    PageNumber: pageNumber,
    PageSize: pageSize('Grants'),
    ...ownerParams,
  },

  errors: {},

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    GrantRules: wrapped('GrantRule', {
      InstanceId: stringField,
      SmartAGId: stringField,
      CcnInstanceId: stringField,
      CcnUid: longField,
      GrantTrafficService: booleanField,
      CreateTime: longField,
    }),
  },

  async run({ caller, fleet, networks }, { RegionId, SmartAGId, PageNumber, PageSize }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) return { TotalCount: 0, PageNumber, PageSize }
    const { total, grants } = await networks.grants(instance.id, { number: PageNumber, size: PageSize })
    return {
      TotalCount: total,
      PageNumber,
      PageSize,
      GrantRules: grants.map((grant) => ({
        InstanceId: grant.id,
        SmartAGId: grant.instanceId,
        CcnInstanceId: grant.ccnId,
        CcnUid: shownUid(grant.ccnAccountId),
        GrantTrafficService: grant.trafficService,
        CreateTime: grant.createdAt,
      })),
    }
  },
})
