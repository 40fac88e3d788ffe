import { booleanField, integerField, longField, stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, pageNumber, pageSize, regionId, smartAgId } from '../common-params.ts'
import { shownUid } from '../instance-view.ts'
import { vbrId } from '../vbr-params.ts'

export const describeGrantSagVbrRules = operation({
  name: 'DescribeGrantSagVbrRules',
  family: 'grants',
  about: {
    en: "List which other accounts' leased lines your instances may back up, or which other accounts' instances may back up yours.",
    zh: '查询您的实例授权给了哪些其他账号的专线，或哪些其他账号的实例授权给了您的专线。',
  },
  source: 'Smartag 2018-03-13, DescribeGrantSagVbrRules',
  access: { action: 'smartag:DescribeGrantSagVbrRules', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId,
    VbrInstanceId: vbrId,
    PageNumber: pageNumber,
    PageSize: pageSize('Grants'),
    ...ownerParams,
  },

  errors: {
    // Neither an instance nor a VBR is named (C).
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    // Named, and neither one's own nor granted to a VBR of one's own.
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
  },

  result: {
    TotalCount: integerField,
    PageNumber: integerField,
    PageSize: integerField,
    GrantRules: wrapped('GrantRule', {
      InstanceId: stringField,
      SmartAGId: stringField,
      SmartAGUid: longField,
      VbrInstanceId: stringField,
      VbrRegionId: stringField,
      VbrUid: longField,
      Bound: booleanField,
      CreateTime: longField,
    }),
  },

  async run({ caller, fleet, networks, fail }, { RegionId, SmartAGId, VbrInstanceId, PageNumber, PageSize }) {
    if (SmartAGId === undefined && VbrInstanceId === undefined) throw fail('SAG.InstanceIdEmpty')
    const { accountId } = caller
    const filter = { accountId, regionId: RegionId, instanceId: SmartAGId, vbrId: VbrInstanceId }
    const { total, grants } = await networks.vbrGrants(filter, { number: PageNumber, size: PageSize })
    if (total === 0 && SmartAGId !== undefined && !(await fleet.instance(accountId, RegionId, SmartAGId))) {
      throw fail('SAG.InstanceNoFound')
    }
    return {
      TotalCount: total,
      PageNumber,
      PageSize,
      GrantRules: grants.map((grant) => ({
        InstanceId: grant.id,
        SmartAGId: grant.instanceId,
        SmartAGUid: shownUid(grant.instanceAccountId),
        VbrInstanceId: grant.vbrId,
        VbrRegionId: grant.vbrRegionId,
        VbrUid: shownUid(grant.vbrAccountId),
        Bound: grant.bound,
        CreateTime: grant.createdAt,
      })),
    }
  },
})
