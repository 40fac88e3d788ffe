import { integerField } from '../../../declare/index.ts'
import { instanceLimit } from '../../../model/instance-limit.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId } from '../common-params.ts'

export const getSmartAccessGatewayUseLimit = operation({
  name: 'GetSmartAccessGatewayUseLimit',
  family: 'instances',
  about: {
    en: 'Show how many instances the account may have, and how many it has, in all regions together.',
    zh: '查询账号可拥有的实例数量和已有的数量（所有地域合计）。',
  },
  source: 'Smartag 2018-03-13, GetSmartAccessGatewayUseLimit',
  access: { action: 'smartag:GetSmartAccessGatewayUseLimit', level: 'Read', resource: 'smartag/*', dependent: [] },
  transaction: 'read',

  params: { RegionId: regionId.about('The region.', '地域。'), ...ownerParams },

  errors: {
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
  },

  result: { TotalAmount: integerField, UsedAmount: integerField },

  async run({ caller, fleet, shop }) {
    return { TotalAmount: instanceLimit(shop), UsedAmount: await fleet.count({ accountId: caller.accountId }) }
  },
})
