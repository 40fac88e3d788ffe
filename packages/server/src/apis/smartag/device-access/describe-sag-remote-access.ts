import { numberToIpv4 } from '@opensag/rules'
import { booleanField, stringField, wrapped } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'

export const describeSagRemoteAccess = operation({
  name: 'DescribeSagRemoteAccess',
  family: 'device-access',
  about: {
    en: 'Show the address at which the local console of each device is reachable from inside the CCN; empty where remote logon is off.',
    zh: '查询可从云连接网内访问各设备本地控制台的地址；未开启远程登录时为空。',
  },
  source: 'Smartag 2018-03-13, DescribeSagRemoteAccess',
  access: { action: 'smartag:DescribeSagRemoteAccess', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required('InstanceNotExit'),
    SerialNumber: smartAgSn.about('Only this device.', '仅查询该设备。'),
    ...ownerParams,
  },

  errors: {
    InstanceNotExit: [400, 'The specified instance does not exist.', '指定的实例不存在'],
    'InvalidId.SN': [
      400,
      'The specified smart access gateway serial number does not exist.',
      '输入的SAG序列号不存在。',
    ],
    InternalError: [500, 'An error occurred while processing your request.', '请求失败，发生未知错误。'],
  },

  result: {
    SmartAGId: stringField,
    RemoteAccesses: wrapped('RemoteAccess', { RemoteAccessIp: stringField, SerialNumber: stringField }),
    Message: stringField,
    Success: booleanField,
    Code: stringField,
  },

  async run({ caller, fleet, addresses, fail }, { RegionId, SmartAGId, SerialNumber }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('InstanceNotExit')
    const devices = instance.devices.filter(({ serial }) => SerialNumber === undefined || serial === SerialNumber)
    if (SerialNumber !== undefined && devices.length === 0) throw fail('InvalidId.SN')

    const remote = (await addresses.serviceAddresses(instance.id)).filter(({ type }) => type === 'RemoteWeb')
    const ipOf = new Map(remote.map(({ serial, address }) => [serial, numberToIpv4(address)]))
    return {
      SmartAGId,
      RemoteAccesses: devices.map(({ serial }) => ({
        RemoteAccessIp: ipOf.get(serial) ?? '',
        SerialNumber: serial,
      })),
      Message: 'successful',
      Success: true,
      Code: '200',
    }
  },
})
