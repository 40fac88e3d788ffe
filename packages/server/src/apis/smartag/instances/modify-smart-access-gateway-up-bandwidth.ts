import { integer, text } from '../../../declare/index.ts'
import { isHere } from '../../is-here.ts'
import { operation } from '../../operation.ts'
import { ownerParams, smartAgId } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'

export const modifySmartAccessGatewayUpBandwidth = operation({
  name: 'ModifySmartAccessGatewayUpBandwidth',
  family: 'instances',
  about: {
    en: 'Limit what the gateways of an instance send by their WAN. They hold the lower one of this limit and the bandwidth of the instance.',
    zh: '限制实例的网关通过 WAN 发送的带宽。网关按该限制与实例带宽峰值中较小的一个限速。',
  },
  source: 'Smartag 2018-03-13, ModifySmartAccessGatewayUpBandwidth',
  access: { action: 'smartag:ModifySmartAccessGatewayUpBandwidth', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: text()
      .example('cn-shanghai')
      .about('The region of the instance; without it, whichever it is in.', '实例所在的地域；不填则不限地域。'),
    SmartAGId: smartAgId
      .required('MissingParameter')
      .matches(/^sag-[a-z0-9-]+$/)
      .invalid('InvalidId.SMARTAG'),
    UpBandwidthWan: integer()
      .blank()
      .range(0, 1000)
      .example('2')
      .about('Mbit/s, 1–1000; 0 takes the limit away.', '单位 Mbit/s，1～1000；0 表示取消限制。'),
    UpBandwidth4G: integer()
      .blank()
      .range(0, 1000)
      .example('3')
      .about(
        'Refused: no gateway here has an uplink of 4G beside its WAN.',
        '不支持：网关没有独立于 WAN 的 4G 上行链路。',
      ),
    ...ownerParams,
  },

  errors: {
    // Without any bandwidth, too.
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    InvalidName: [400, 'The specified name is invalid.', '您输入的名称不合法。'],
    'SAG.NotAllowConfigCidr': [
      400,
      'You cannot specify a static CIDR block when the dynamic routing strategy is used.',
      '动态路由模式不允许配置静态地址段。',
    ],
    InvalidDescription: [400, 'The specified description is invalid.', '您输入的描述不合法。'],
    InvalidCidr: [403, 'Cidr is illegal, please check your input.', 'Cidr不合法，请检查您的输入'],
    'SAG.InvalidRoutingStrategy': [400, 'The specified routing strategy is invalid.', '非法的路由模式。'],
    'InvalidId.SMARTAG': [403, 'The specified smart access gateway instance id is invalid.', '无效的智能接入网关ID'],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性。',
      noCodeOfItsOwn,
    ],
  },

  result: {},

  async run({ caller, fleet, addresses, fail }, { RegionId, SmartAGId, UpBandwidthWan, UpBandwidth4G }) {
    if (UpBandwidthWan === undefined && UpBandwidth4G === undefined) throw fail('MissingParameter')
    const instance = await fleet.instanceById(SmartAGId)
    // A SAG APP instance has no WAN.
    if (!isHere(instance, caller, RegionId) || instance.kind === 'app') throw fail('InvalidId.SMARTAG')
    if (UpBandwidth4G !== undefined) throw fail('FeatureNotSupport')
    await fleet.configure(instance.id, { upBandwidthWan: UpBandwidthWan })
    await addresses.refreshConfig(instance.id)
    return {}
  },
})
