import { integerField } from '../../../declare/index.ts'
import { ccnLimit } from '../../../model/ccn.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId } from '../common-params.ts'

export const getCloudConnectNetworkUseLimit = operation({
  name: 'GetCloudConnectNetworkUseLimit',
  family: 'ccn',
  about: {
    en: 'Show how many cloud connect networks the account may have, and how many it has, in all regions together.',
    zh: '查询账号可创建的云连接网数量和已创建的数量（所有地域合计）。',
  },
  source: 'Smartag 2018-03-13, GetCloudConnectNetworkUseLimit',
  access: { action: 'smartag:GetCloudConnectNetworkUseLimit', level: 'Read', resource: 'ccn/*', dependent: [] },
  transaction: 'read',

  params: { RegionId: regionId.about('The region.', '地域。'), ...ownerParams },

  errors: {
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
  },

  result: { TotalAmount: integerField, UsedAmount: integerField },

  async run({ caller, networks }) {
    return { TotalAmount: ccnLimit, UsedAmount: await networks.countCcns(caller.accountId) }
  },
})
