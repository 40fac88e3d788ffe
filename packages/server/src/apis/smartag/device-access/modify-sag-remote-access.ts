import { numberToIpv4 } from '@opensag/rules'
import { booleanField, stringField } from '../../../declare/index.ts'
import { activeDevice, standbyDevice } from '../../../model/binding.ts'
import { canBeLoggedOnRemotely } from '../../../model/remote-access.ts'
import { operation } from '../../operation.ts'
import { address, ownerParams, smartAgId, smartAgSn } from '../common-params.ts'

export const modifySagRemoteAccess = operation({
  name: 'ModifySagRemoteAccess',
  family: 'device-access',
  about: {
    en: 'Set the address at which the local console of a device is reachable from inside the CCN; without an address, turn remote logon off.',
    zh: '设置可从云连接网内访问设备本地控制台的地址；不指定地址则关闭远程登录。',
  },
  source: 'Smartag 2018-03-13, ModifySagRemoteAccess',
  access: { action: 'smartag:ModifySagRemoteAccess', level: 'Write', printed: 'update', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    SmartAGId: smartAgId.required('InvalidId.SMARTAG'),
    SerialNumber: smartAgSn.required(),
    // The page does not say what a call without it does; nothing else could turn it off for one device (C).
    RemoteAccessIp: address
      .example('10.10.10.2')
      .about(
        'An address that nothing else in the CCN uses. Without it remote logon is turned off.',
        '云连接网内未被占用的地址；不指定则关闭远程登录。',
      ),
    ...ownerParams,
  },

  errors: {
    'InvalidId.SMARTAG': [403, 'The specified smart access gateway instance id is invalid.', '无效的智能接入网关ID'],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性',
    ],
    VersionNotExist: [400, 'The specified version does not exist.', '当前指定的版本不存在。'],
    FeatureNotSupportForActiveSmartAG: [
      403,
      'The current edition of the active smart access gateway does not support this feature.',
      '主智能接入网关的当前版本不支持该功能特性',
    ],
    FeatureNotSupportForStandBySmartAG: [
      403,
      'The current edition of the standby smart access gateway does not support this feature.',
      '备智能接入网关的当前版本不支持该功能特性',
    ],
    SmartAccessGatewayNotOnline: [
      403,
      'The specified smart access gateway is not online.',
      '该智能接入网关当前不是在线状态，无法完成操作。',
    ],
    'IllegalRemoteIp.Conflict': [403, 'The specified IP address has been used.', '指定的IP地址已经被使用过。'],
    'IllegalRemoteIp.RouteTableEntryConflict': [
      403,
      'The specified IP address conflicts with route table entries.',
      '指定的IP地址与路由表条目冲突。',
    ],
  },

  result: {
    SerialNumber: stringField,
    RemoteAccessIp: stringField,
    Message: stringField,
    Success: booleanField,
    Code: stringField,
  },

  async run({ caller, fleet, addresses, now, fail }, { SmartAGId, SerialNumber, RemoteAccessIp: wanted }) {
    const instance = await fleet.instanceById(SmartAGId)
    if (instance?.accountId !== caller.accountId) throw fail('InvalidId.SMARTAG')
    if (instance.kind !== 'hardware') throw fail('FeatureNotSupport') // no device has a local console
    const device = instance.devices.find(({ serial }) => serial === SerialNumber)
    // The table has no code for a device that is not there; this one says that there is no version to look at (C).
    if (device === undefined) throw fail('VersionNotExist')

    // In a pair both must be able, whichever is named: the feature has to survive a switch (C).
    const [active, standby] = [activeDevice(instance), standbyDevice(instance)]
    if (active === undefined || standby === undefined) {
      if (!canBeLoggedOnRemotely(device)) throw fail('FeatureNotSupport')
    } else {
      if (!canBeLoggedOnRemotely(active)) throw fail('FeatureNotSupportForActiveSmartAG')
      if (!canBeLoggedOnRemotely(standby)) throw fail('FeatureNotSupportForStandBySmartAG')
    }
    if (!device.connected) throw fail('SmartAccessGatewayNotOnline')

    const answer = {
      SerialNumber,
      RemoteAccessIp: wanted === undefined ? undefined : numberToIpv4(wanted),
      Message: 'Successful',
      Success: true,
      Code: '200',
    }
    const present = (await addresses.serviceAddresses(instance.id)).find(
      ({ serial, type }) => serial === SerialNumber && type === 'RemoteWeb',
    )
    if (present?.address === wanted) return answer
    if (wanted !== undefined) {
      const problem = await addresses.addressProblem({ instanceId: instance.id, ccnId: instance.ccnId }, wanted)
      if (problem === 'taken') throw fail('IllegalRemoteIp.Conflict')
      if (problem === 'routed') throw fail('IllegalRemoteIp.RouteTableEntryConflict')
    }
    await addresses.removeServiceAddresses(instance.id, { serial: SerialNumber, type: 'RemoteWeb' })
    if (wanted !== undefined) {
      const added = { serial: SerialNumber, type: 'RemoteWeb', address: wanted } as const
      await addresses.addServiceAddress(instance.id, added, now)
    }
    await addresses.refreshConfig(instance.id)
    return answer
  },
})
