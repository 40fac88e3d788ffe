import { boolean, integer, long, stringField } from '../../../declare/index.ts'
import { dataPlan, userCounts } from '../../../model/client-user.ts'
import { operation } from '../../operation.ts'
import { orderSize } from '../client-users/size-order.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'
import { bandwidthSpec, noCodeForBandwidth, orderBandwidth } from './bandwidth-order.ts'

export const upgradeSmartAccessGateway = operation({
  name: 'UpgradeSmartAccessGateway',
  family: 'instances',
  about: {
    en: 'Raise the bandwidth of an instance, or the number of accounts of a SAG APP instance. Gateways and points of presence hold the bandwidth from then on.',
    zh: '提高实例的带宽峰值，或 APP 实例的客户端账号数量。网关与接入点随即按新带宽限速。',
  },
  source: 'Smartag 2018-03-13, UpgradeSmartAccessGateway',
  access: { action: 'smartag:UpgradeSmartAccessGateway', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    BandWidthSpec: bandwidthSpec,
    UserCount: integer()
      .invalid('SAG.InvalidUserCount')
      .range(userCounts.min, userCounts.max)
      .example('10')
      .about(
        'Of a SAG APP instance alone, and needed there: accounts from then on, not fewer than now.',
        '仅 APP 实例使用且必填：新的账号数量，不小于当前数量。',
      ),
    DataPlan: long()
      .invalid('SAG.InvalidDataPlan')
      .satisfies((plan) => Number(plan) === dataPlan)
      .example('5')
      .about(
        'Of a SAG APP instance alone: GB for each account and month, 5.',
        '仅 APP 实例使用：每个账号每月的流量套餐，单位 GB：5。',
      ),
    AutoPay: boolean()
      .required()
      .example('true')
      .about(
        'Pay at once. Otherwise the size changes when the operator has the order paid.',
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
    const { RegionId, SmartAGId, BandWidthSpec, UserCount, DataPlan, AutoPay } = params
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (instance.kind === 'app') {
      if (UserCount === undefined) throw fail('SAG.InvalidUserCount')
      if (BandWidthSpec !== undefined) throw fail('InvalidParameter')
      return orderSize(context, { RegionId, SmartAGId, UserCount, AutoPay }, 'up')
    }
    // Gateways have neither.
    if (UserCount !== undefined) throw fail('SAG.InvalidUserCount')
    if (DataPlan !== undefined) throw fail('SAG.InvalidDataPlan')
    return orderBandwidth(context, instance, { BandWidthSpec, AutoPay }, 'up')
  },
})
