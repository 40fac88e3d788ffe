import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'

export const activateSmartAccessGateway = operation({
  name: 'ActivateSmartAccessGateway',
  family: 'instances',
  about: {
    en: 'Activate hardware that has arrived. Its subscription begins now.',
    zh: '激活已收货的硬件设备，从此时开始计费。',
  },
  source: 'Smartag 2018-03-13, ActivateSmartAccessGateway',
  access: {
    action: 'smartag:ActivateSmartAccessGateway',
    level: 'Write',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'write',

  params: { RegionId: regionId, SmartAGId: smartAgId.required(), ...ownerParams },

  // One code for everything that leaves nothing to activate: no such instance, not arrived, activated before, nothing
  // that is shipped (D: "if nothing can be activated").
  errors: {
    SmartAccessGatewayActivateFailed: [
      500,
      'An error has occurred while activating the specified Smart Access Gateway.',
      '智能接入网关激活失败，请稍后再试。',
    ],
  },

  result: {},

  async run({ caller, fleet, now, fail }, { RegionId, SmartAGId }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SmartAccessGatewayActivateFailed')
    const outcome = await fleet.advanceOrder(instance.id, 'activate', now)
    if (outcome !== 'done') throw fail('SmartAccessGatewayActivateFailed')
    return {}
  },
})
