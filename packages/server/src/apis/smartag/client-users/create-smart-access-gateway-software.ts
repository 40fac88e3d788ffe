import { boolean, integer, long, stringField, text } from '../../../declare/index.ts'
import { dataPlan, userCounts } from '../../../model/client-user.ts'
import { isPeriod } from '../../../model/specification.ts'
import type { EnterpriseCode } from '../../../store/remote-users/enterprise-codes.ts'
import type { OperationContext } from '../../context.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId } from '../common-params.ts'
import { hasRoom, noCodeForLimit } from '../instance-room.ts'
import { settleOrder } from '../settle-order.ts'

export const createSmartAccessGatewaySoftware = operation({
  name: 'CreateSmartAccessGatewaySoftware',
  family: 'client-users',
  about: {
    en: 'Order a SAG APP instance: a remote-access service with accounts. The first one of an account gives it its enterprise code.',
    zh: '购买智能接入网关 APP 实例：带客户端账号的远程接入服务。账号的首个 APP 实例会生成默认企业码。',
  },
  source: 'Smartag 2018-03-13, CreateSmartAccessGatewaySoftware',
  access: { action: 'smartag:CreateSmartAccessGatewaySoftware', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    ChargeType: text().required().oneOf('PREPAY').example('PREPAY').about('Subscription.', '付费方式：包年包月。'),
    Period: integer()
      .required()
      .satisfies(isPeriod)
      .example('12')
      .about('Months: 1 to 9, 12, 24 or 36.', '购买时长（月）：1～9、12、24 或 36。'),
    AutoPay: boolean()
      .required()
      .example('true')
      .about(
        'Pay at once. Otherwise the order waits until the operator pays it. A server without a shop waits for nothing.',
        '是否自动支付。否则订单等待运维人员支付。未开启商店的服务器无需等待。',
      ),
    // The pages disagree (multiples of 5 up to 1000; 1 to 2000): what any of them allows is accepted (C).
    UserCount: integer()
      .required()
      .range(userCounts.min, userCounts.max)
      .example('5')
      .about('How many accounts it may have, up to 2000.', '客户端账号数量，最大 2000。'),
    DataPlan: long()
      .required()
      .satisfies((plan) => Number(plan) === dataPlan)
      .example('5')
      .about('GB for each account and month: 5.', '每个账号每月的流量套餐，单位 GB：5。'),
    ...ownerParams,
  },

  // The published table is empty: parameters are answered by the front door.
  errors: {
    'SAG.AmountLimit': [400, 'The number of instances has reached the limit.', '实例数量已达到上限。', noCodeForLimit],
  },

  result: { SmartAGId: stringField, OrderId: stringField, ResourceGroupId: stringField },

  async run(context, { RegionId, Period, AutoPay, UserCount }) {
    const { caller, fleet, enterpriseCodes, ids, now, shop, fail } = context
    if (!(await hasRoom(context))) throw fail('SAG.AmountLimit')
    const id = ids.instance()
    const orderId = ids.order()
    const code = (await enterpriseCodes.defaultOf(caller.accountId)) ?? (await addDefaultCode(context))
    await fleet.addInstance({
      id,
      accountId: caller.accountId,
      regionId: RegionId,
      kind: 'app',
      spec: 'sag-software',
      haType: 'no_backup',
      maxBandwidth: 0,
      orderId,
      alreadyHaveSag: false,
      periodMonths: Period,
      perpetual: !shop,
      createdAt: now,
      userCount: UserCount,
      dataPlan,
      enterpriseCode: code.code,
    })
    await settleOrder(context, { id, autoPay: AutoPay })
    return { SmartAGId: id, OrderId: orderId }
  },
})

const attempts = 100

async function addDefaultCode({ caller, enterpriseCodes, ids, now }: OperationContext): Promise<EnterpriseCode> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const shown = ids.enterpriseCode()
    if ((await enterpriseCodes.code(shown)) !== undefined) continue
    const code = { code: shown, shown, accountId: caller.accountId, isDefault: true }
    await enterpriseCodes.add(code, now)
    return code
  }
  throw new Error(`${attempts} enterprise codes in a row were taken.`)
}
