import { deviceLimit, roleOfNext } from '../../../model/binding.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'

export const bindSerialNumber = operation({
  name: 'BindSerialNumber',
  family: 'instances',
  about: {
    en: 'Bind a device to an instance. The first is the active device, the second the standby.',
    zh: '将设备绑定到实例。第一台为主用设备，第二台为备用设备。',
  },
  source: 'Smartag 2018-03-13, BindSerialNumber',
  access: {
    action: 'smartag:BindSerialNumber',
    level: 'Write',
    printed: 'update',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
  },
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
    'SAG.InvalidSerialNumber': [
      400,
      'The specified SerialNumber is invalid.',
      '非法的序列号。',
      {
        en: 'The table has no code for a serial number that does not exist; UnbindSerialNumber has this one.',
        zh: '该表没有“序列号不存在”的错误码，采用 UnbindSerialNumber 的错误码。',
      },
    ],
    'SAG.SnOverLimit': [
      400,
      'The maximum number of serial numbers bound to the SAG instance is exceeded.',
      '当前SAG实例绑定的序列号已经超出限额。',
    ],
    'SAG.SnConflict': [
      400,
      'The specified SerialNumber has been bound to another SAG instance.',
      '序列号已经绑定到其他的SAG实例。',
    ],
    ResourceInOperating: [
      400,
      'The specified resource is being used. Please try later.',
      '当前资源正在操作中，请求稍后重试。',
    ],
  },

  result: {},

  async run({ caller, fleet, now, fail }, { RegionId, SmartAGId, SerialNumber }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')

    const device = await fleet.device(SerialNumber)
    if (device === undefined || device.model === 'pop') throw fail('SAG.InvalidSerialNumber')
    // Bound to this very instance: what was asked for holds (C).
    if (device.instanceId === instance.id) return {}

    if (instance.devices.length >= deviceLimit(instance.kind)) throw fail('SAG.SnOverLimit')
    if (device.instanceId !== undefined) throw fail('SAG.SnConflict')
    // Unbound while a password was on its way to it.
    if (await fleet.changeInProgress(SerialNumber)) throw fail('ResourceInOperating')

    await fleet.bind(SerialNumber, instance.id, roleOfNext(instance.devices), now)
    return {}
  },
})
