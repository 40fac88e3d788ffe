import { boolean, integer, long, stringField } from '../../../declare/index.ts'
import { dataPlan, userCounts } from '../../../model/client-user.ts'
import { operation } from '../../operation.ts'
import { appId, ownerParams, regionId } from '../common-params.ts'
import { orderSize } from './size-order.ts'

export const downgradeSmartAccessGatewaySoftware = operation({
  name: 'DowngradeSmartAccessGatewaySoftware',
  family: 'client-users',
  about: {
    en: 'Lower the number of accounts a SAG APP instance may have. Accounts that exist stay.',
    zh: '降低 APP 实例的客户端账号数量。已有账号不受影响。',
  },
  source: 'Smartag 2018-03-13, DowngradeSmartAccessGatewaySoftware',
  access: {
    action: 'smartag:DowngradeSmartAccessGatewaySoftware',
    level: 'Write',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: appId.required(),
    UserCount: integer()
      .required()
      .invalid('SAG.InvalidUserCount')
      .range(userCounts.min, userCounts.max)
      .example('5')
      .about('Accounts from now on; not more than now.', '新的账号数量，不大于当前数量。'),
    DataPlan: long()
      .required()
      .invalid('SAG.InvalidDataPlan')
      .satisfies((plan) => Number(plan) === dataPlan)
      .example('5')
      .about('GB for each account and month: 5.', '每个账号每月的流量套餐，单位 GB：5。'),
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
      {
        en: 'The table has no code for an instance that is not there; the service-wide list has this one.',
        zh: '该表没有“实例不存在”的错误码，采用公共错误码列表中的错误码。',
      },
    ],
  },

  result: { OrderId: stringField },

  run: (context, params) => orderSize(context, params, 'down'),
})
