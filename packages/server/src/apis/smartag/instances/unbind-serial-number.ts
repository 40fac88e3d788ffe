import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'

export const unbindSerialNumber = operation({
  name: 'UnbindSerialNumber',
  family: 'instances',
  about: {
    en: 'Unbind a device from its instance. A remaining standby becomes the active device.',
    zh: '将设备从实例解绑。剩余的备用设备成为主用设备。',
  },
  source: 'Smartag 2018-03-13, UnbindSerialNumber',
  access: { action: 'smartag:UnbindSerialNumber', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required('SAG.InstanceIdEmpty'),
    SerialNumber: smartAgSn.required().about('The serial number of the device.', '设备的序列号。'),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceIdEmpty': [400, 'You must specify the SAG instance ID.', '智能接入网关实例ID为空。'],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。'],
    'SAG.InvalidSerialNumber': [400, 'The specified SerialNumber is invalid.', '非法的序列号。'],
  },

  result: {},

  async run({ caller, fleet, fail }, { RegionId, SmartAGId, SerialNumber }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    // Unknown, free or bound elsewhere: not a device of this instance.
    if (!instance.devices.some(({ serial }) => serial === SerialNumber)) throw fail('SAG.InvalidSerialNumber')

    await fleet.unbind(SerialNumber)
    return {}
  },
})
