import { isDescription, isName } from '@opensag/rules'
import { boolean, integer, stringField, text } from '../../../declare/index.ts'
import { bindingOrder, roleOfNext } from '../../../model/binding.ts'
import { isBandwidth, isPeriod, smallestBandwidth } from '../../../model/specification.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId } from '../common-params.ts'
import { hasRoom, noCodeForLimit } from '../instance-room.ts'
import { unknownVersion } from '../instance-view.ts'
import { settleOrder } from '../settle-order.ts'

export const createSmartAccessGateway = operation({
  name: 'CreateSmartAccessGateway',
  family: 'instances',
  about: {
    en: 'Order a Smart Access Gateway: hardware that is shipped, or a vCPE with two images.',
    zh: '购买智能接入网关：需要发货的硬件，或包含两个镜像的 vCPE。',
  },
  source: 'Smartag 2018-03-13, CreateSmartAccessGateway',
  access: { action: 'smartag:CreateSmartAccessGateway', level: 'Write', resource: 'smartag/*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    HardWareSpec: text()
      .required()
      .oneOf('sag-100wm', 'sag-1000', 'sag-vcpe')
      .example('sag-1000')
      .about('What to order.', '购买的规格。'),
    HaType: text()
      .required()
      .oneOf('no_backup', 'cold_backup', 'warm_backup')
      .example('no_backup')
      .about(
        'One device (`no_backup`), or two that are switched by hand (`cold_backup`) or by themselves (`warm_backup`). A vCPE is always `warm_backup`.',
        '单机（`no_backup`），或手动切换（`cold_backup`）、自动切换（`warm_backup`）的双机。vCPE 只能为 `warm_backup`。',
      ),
    // Only subscriptions are sold (D), so the published `PayOnDemand` is refused.
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
    MaxBandWidth: integer()
      .example('50')
      .about(
        'Bandwidth in Mbit/s: 2–50 for sag-100wm, 10–500 for sag-1000, 10–1000 for sag-vcpe. The smallest when left out.',
        '带宽峰值，单位 Mbit/s：sag-100wm 为 2～50，sag-1000 为 10～500，sag-vcpe 为 10～1000。默认取最小值。',
      ),
    AlreadyHaveSag: boolean()
      .default(false)
      .example('false')
      .about('The buyer owns a device already: nothing is shipped.', '是否已有设备，已有设备则不发货。'),
    CPEVersion: text().example('basic').about('The edition of the device.', '设备版本。'),
    Name: text()
      .satisfies(isName)
      .example('branch-hangzhou')
      .about(
        '2–128 characters, the first a letter or Chinese character; letters, digits, Chinese characters, `.`, `_`, `-`.',
        '2～128 个字符，以字母或中文开头，可包含字母、数字、中文、`.`、`_` 和 `-`。',
      ),
    Description: text()
      .satisfies(isDescription)
      .example('gateway-of-the-branch')
      .about(
        '2–256 characters, the first a letter or Chinese character, not starting with http:// or https://.',
        '2～256 个字符，以字母或中文开头，不能以 http:// 或 https:// 开头。',
      ),
    BuyerMessage: text().required().example('Message').about('A note to the seller.', '买家留言。'),
    ReceiverName: text().required().example('John Doe').about('Name of the receiver.', '收货人姓名。'),
    ReceiverCountry: text().required().example('China').about('Country.', '收货国家。'),
    ReceiverState: text().required().example('Zhejiang').about('Province or state.', '收货省份。'),
    ReceiverCity: text().required().example('Hangzhou').about('City.', '收货城市。'),
    ReceiverDistrict: text().required().example('West Lake').about('District.', '收货地区。'),
    ReceiverTown: text().required().example('Zhuantang').about('Town or street.', '收货街道。'),
    ReceiverAddress: text().required().example('No. 1').about('Address within the town.', '收货详细地址。'),
    ReceiverZip: text().required().example('310000').about('Postal code.', '邮政编码。'),
    ReceiverMobile: text().required().example('18800000000').about('Mobile telephone.', '收货人手机号码。'),
    ReceiverPhone: text().example('85850000').about('Telephone.', '收货人固定电话。'),
    ReceiverEmail: text().required().example('john@example.com').about('Mail address.', '收货人邮箱。'),
    ...ownerParams,
  },

  checks: [
    {
      param: 'HaType',
      test: ({ HardWareSpec, HaType }) => HardWareSpec !== 'sag-vcpe' || HaType === 'warm_backup',
    },
    {
      param: 'MaxBandWidth',
      test: ({ HardWareSpec, MaxBandWidth }) => MaxBandWidth === undefined || isBandwidth(HardWareSpec, MaxBandWidth),
    },
  ],

  // The published table is empty: parameters are answered by the front door.
  errors: {
    'SAG.AmountLimit': [400, 'The number of instances has reached the limit.', '实例数量已达到上限。', noCodeForLimit],
  },

  result: {
    SmartAGId: stringField,
    OrderId: stringField,
    Name: stringField,
    Description: stringField,
    ResourceGroupId: stringField,
  },

  async run(context, params) {
    const { caller, fleet, ids, now, shop, fail } = context
    if (!(await hasRoom(context))) throw fail('SAG.AmountLimit')
    const { HardWareSpec, Name, Description } = params
    const id = ids.instance()
    const orderId = ids.order()
    await fleet.addInstance({
      id,
      accountId: caller.accountId,
      regionId: params.RegionId,
      kind: HardWareSpec === 'sag-vcpe' ? 'vcpe' : 'hardware',
      spec: HardWareSpec,
      name: Name,
      description: Description,
      haType: params.HaType,
      maxBandwidth: params.MaxBandWidth ?? smallestBandwidth(HardWareSpec),
      cpeVersion: params.CPEVersion,
      buyerMessage: params.BuyerMessage,
      receiver: receiverOf(params),
      orderId,
      alreadyHaveSag: params.AlreadyHaveSag,
      periodMonths: params.Period,
      perpetual: !shop,
      createdAt: now,
    })

    if (HardWareSpec === 'sag-vcpe') {
      // A vCPE comes with the serial numbers and keys its two images join with (D).
      const bound: { readonly role: 'active' | 'standby' }[] = []
      for (const serial of bindingOrder([ids.vcpeSerial(), ids.vcpeSerial()])) {
        await fleet.addDevice({
          serial,
          model: 'sag-vcpe',
          version: unknownVersion,
          enrolmentKey: ids.secretKey(),
          resettable: false,
          createdAt: now,
        })
        const role = roleOfNext(bound)
        await fleet.bind(serial, id, role, now)
        bound.push({ role })
      }
    }

    await settleOrder(context, { id, autoPay: params.AutoPay })
    return { SmartAGId: id, OrderId: orderId, Name, Description }
  },
})

function receiverOf(params: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const receiver: Record<string, string> = {}
  for (const [name, value] of Object.entries(params)) {
    if (name.startsWith('Receiver') && typeof value === 'string') receiver[name] = value
  }
  return receiver
}
