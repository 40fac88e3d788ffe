import { direct, list, stringField, text } from '../../../declare/index.ts'
import { isRegion } from '../../../model/regions.ts'
import { operation } from '../../operation.ts'
import { anyRegionId } from '../ccn-params.ts'
import { ownerParams } from '../common-params.ts'
import { vbrRegionId } from '../vbr-params.ts'

export const describeSagVbrRelations = operation({
  name: 'DescribeSagVbrRelations',
  family: 'vbr-express-connect',
  about: {
    en: 'Show which instances back up these leased lines. A line without a backup is left out.',
    zh: '查询专线由哪些智能接入网关实例备份；没有备份的专线不返回。',
  },
  source: 'Smartag 2018-03-13, DescribeSagVbrRelations',
  access: { action: 'smartag:DescribeSagVbrRelations', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: anyRegionId
      .satisfies(isRegion, 'InvalidRegionID')
      .about('Accepted; nothing depends on it.', '接受但不影响结果。'),
    VbrRegionId: vbrRegionId.required().satisfies(isRegion, 'InvalidRegionID'),
    VbrInstanceIds: list(text()).required().example('vbr-bp15ihkk93ezxppkd0000').about('The VBRs.', 'VBR 的 ID 列表。'),
    ...ownerParams,
  },

  errors: {
    InvalidRegionID: [400, 'The specified regionId does not exist.', '指定的RegionId不存在'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
    'Param.InvalidVersionComparator': [
      400,
      'The specified version comparison operator is invalid.',
      '非法的版本比较操作值。',
    ],
  },

  result: {
    SagVbrRelations: direct({ SagInstanceId: stringField, SagUid: stringField, VbrInstanceId: stringField }),
  },

  async run({ caller, networks }, { VbrRegionId, VbrInstanceIds }) {
    const relations = await networks.vbrRelations(caller.accountId, VbrRegionId, VbrInstanceIds)
    return {
      SagVbrRelations: relations.map(({ vbrId, instanceId, instanceAccountId }) => ({
        SagInstanceId: instanceId,
        SagUid: instanceAccountId,
        VbrInstanceId: vbrId,
      })),
    }
  },
})
