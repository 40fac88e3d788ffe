import { operation } from '../../operation.ts'
import { anyRegionId, ccnId } from '../ccn-params.ts'
import { ownerParams } from '../common-params.ts'

export const deleteCloudConnectNetwork = operation({
  name: 'DeleteCloudConnectNetwork',
  family: 'ccn',
  about: {
    en: 'Delete a cloud connect network that has no member and is attached to no CEN. Grants to it go with it.',
    zh: '删除没有成员且未加载到云企业网的云连接网，同时删除对它的授权。',
  },
  source: 'Smartag 2018-03-13, DeleteCloudConnectNetwork',
  access: {
    action: 'smartag:DeleteCloudConnectNetwork',
    level: 'Write',
    printed: 'delete',
    resource: 'ccn/{CcnId}',
    dependent: [],
    tellsOthersApart: true,
  },
  transaction: 'write',

  params: { RegionId: anyRegionId, CcnId: ccnId.required('MissingParameter'), ...ownerParams },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    'InvalidId.CCN': [403, 'Invalid cloud connect network id.', '无效的云连接网ID'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    'AlreadyBound.CEN': [
      403,
      'This instance has been bound, please unbind first.',
      '该实例已经绑定了云企业网，请先解绑',
    ],
    'AlreadyBound.SMARTAG': [
      403,
      'This instance has been bound, please unbind smart access gateway first.',
      '该实例已经绑定了智能接入网关，请先解绑',
    ],
  },

  result: {},

  async run({ caller, networks, fail }, { RegionId, CcnId }) {
    const ccn = await networks.ccn(CcnId)
    if (ccn === undefined || (RegionId ?? ccn.regionId) !== ccn.regionId) throw fail('InvalidId.CCN')
    if (ccn.accountId !== caller.accountId) throw fail('Forbidden')
    if (ccn.cenId !== undefined) throw fail('AlreadyBound.CEN')
    if (await networks.hasMember(ccn.id)) throw fail('AlreadyBound.SMARTAG')
    await networks.deleteCcn(ccn.id)
    return {}
  },
})
