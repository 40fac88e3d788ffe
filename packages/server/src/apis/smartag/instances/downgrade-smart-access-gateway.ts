import { boolean, stringField } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { bandwidthSpec, noCodeForBandwidth, orderBandwidth } from './bandwidth-order.ts'

export const downgradeSmartAccessGateway = operation({
  name: 'DowngradeSmartAccessGateway',
  family: 'instances',
  about: {
    en: 'Lower the bandwidth of an instance. Its gateways and their points of presence send at most that from then on.',
    zh: '降低实例的带宽峰值。网关与接入点随即按新带宽限速。',
  },
  source: 'Smartag 2018-03-13, DowngradeSmartAccessGateway',
  access: { action: 'smartag:DowngradeSmartAccessGateway', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    BandWidthSpec: bandwidthSpec,
    AutoPay: boolean()
      .required()
      .example('true')
      .about(
        'Pay at once. Otherwise the bandwidth changes when the operator has the order paid.',
        '是否自动支付。否则待运维人员支付订单后生效。',
      ),
    ...ownerParams,
  },

  errors: {
    'SAG.InvalidUserCount': [400, 'The specified UserCount is invalid.', '非法的用户数。'],
    'SAG.InvalidDataPlan': [400, 'The specified DataPlan is invalid.', '非法的流量包套餐。'],
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      noCodeForBandwidth,
    ],
    // Outside of what the model has, or on the wrong side of the present one.
    InvalidParameter: [403, 'The specified parameter is invalid.', '非法参数。', noCodeForBandwidth],
  },

  result: { OrderId: stringField },

  async run(context, params) {
    const { caller, fleet, fail } = context
    const instance = await fleet.instance(caller.accountId, params.RegionId, params.SmartAGId)
    // A SAG APP instance has no bandwidth; DowngradeSmartAccessGatewaySoftware is for its accounts.
    if (instance === undefined || instance.kind === 'app') throw fail('SAG.InstanceNoFound')
    return orderBandwidth(context, instance, params, 'down')
  },
})
