import { operation } from '../../operation.ts'
import { ccnId } from '../ccn-params.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'

export const revokeSagInstanceFromCcn = operation({
  name: 'RevokeSagInstanceFromCcn',
  family: 'grants',
  about: {
    en: 'Take back the grant of an instance to a cloud connect network. An instance that is in it stays until it is unbound.',
    zh: '取消实例对云连接网的授权。已绑定的实例在解绑之前保持绑定。',
  },
  source: 'Smartag 2018-03-13, RevokeSagInstanceFromCcn',
  access: { action: 'smartag:RevokeSagInstanceFromCcn', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required('SAG.InstanceIdEmpty'),
    CcnInstanceId: ccnId.required('CCN.InvalidId'),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能网关实例ID为空。'],
    // Not sent, or the instance is not granted to it.
    'CCN.InvalidId': [400, 'You must specify the CCN instance ID.', '云连接网实例ID不存在。'],
  },

  result: {},

  async run({ caller, fleet, networks, fail }, { RegionId, SmartAGId, CcnInstanceId }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined || !(await networks.revoke(instance.id, CcnInstanceId))) throw fail('CCN.InvalidId')
    return {}
  },
})
