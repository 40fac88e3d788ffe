import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'
import { noCodeOfItsOwn, toRestart } from '../restart.ts'

export const rebootSmartAccessGateway = operation({
  name: 'RebootSmartAccessGateway',
  family: 'instances',
  about: {
    en: 'Restart one device of an instance, or all that are online. A device is not online until it is back.',
    zh: '重启实例的一台设备，或所有在线设备。设备恢复连接前不在线。',
  },
  source: 'Smartag 2018-03-13, RebootSmartAccessGateway',
  access: { action: 'smartag:RebootSmartAccessGateway', level: 'Write', resource: '*', dependent: [] },
  transaction: 'device',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    SerialNumber: smartAgSn.about(
      'The serial number of the device; without it, every device that is online.',
      '设备的序列号；不填则为所有在线设备。',
    ),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      noCodeOfItsOwn,
    ],
    'SAG.SoftwareNotSupport': [
      400,
      'The specified SAG software edition instance does not support ACL.',
      '智能接入网关软件版实例不支持ACL。',
      noCodeOfItsOwn,
    ],
    'Sag.DeviceNotExist': [400, 'The specified device does not exist.', '当前设备不存在。', noCodeOfItsOwn],
    SmartAccessGatewayNotOnline: [
      403,
      'The specified smart access gateway is not online.',
      '该智能接入网关当前不是在线状态，无法完成操作。',
      noCodeOfItsOwn,
    ],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性。',
      noCodeOfItsOwn,
    ],
  },

  result: {},

  async run({ caller, fleet, gateways, began, fail }, { RegionId, SmartAGId, SerialNumber }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (instance.kind === 'app') throw fail('SAG.SoftwareNotSupport') // it has no device
    const devices = toRestart(instance, SerialNumber)
    if (devices === 'unknown') throw fail('Sag.DeviceNotExist')
    if (devices.length === 0) throw fail('SmartAccessGatewayNotOnline')

    for (const { serial } of devices) {
      const outcome = await gateways.reboot({ serial, began })
      if (outcome === 'unreachable') throw fail('SmartAccessGatewayNotOnline')
      if (outcome === 'refused') throw fail('FeatureNotSupport') // its host cannot restart itself
    }
    return {}
  },
})
