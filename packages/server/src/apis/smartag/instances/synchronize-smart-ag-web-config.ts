import { isInArrears } from '../../../model/activation.ts'
import { configDifference } from '../../../model/desired-config.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'

export const synchronizeSmartAgWebConfig = operation({
  name: 'SynchronizeSmartAGWebConfig',
  family: 'instances',
  about: {
    en: 'Take over what was set at the local console of a device. It goes on after the call; SynStatus of DescribeSAGDeviceInfo tells when it is done.',
    zh: '将设备本地控制台上的配置同步到实例。调用返回后继续进行，完成情况见 DescribeSAGDeviceInfo 的 SynStatus。',
  },
  source: 'Smartag 2018-03-13, SynchronizeSmartAGWebConfig',
  access: { action: 'smartag:SynchronizeSmartAGWebConfig', level: 'Write', resource: '*', dependent: [] },
  transaction: 'device',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required('SAG.InstanceNoFound'),
    SmartAGSn: smartAgSn.requiredInRun('InstanceNotExit'),
    ...ownerParams,
  },

  errors: {
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。'],
    'SAG.SoftwareNotSupport': [
      400,
      'The specified SAG software edition instance does not support ACL.',
      '智能接入网关软件版实例不支持ACL。',
    ],
    'SAG.SoftwareNotSupportFeature': [
      400,
      'The specified SAG Software instance does not support this feature.',
      '智能接入网关软件版实例不支持当前特性。',
    ],
    SmartAccessGatewayInArrears: [
      500,
      'The specified Smart Access Gateway has expired.',
      '该智能接入网关已经到期停服，请续费。',
    ],
    InstanceNotExit: [
      400,
      'The specified instance does not exist.',
      '指定的实例不存在。',
      {
        en: 'The table has no code for a device that is not there; DescribeSAGDeviceInfo, which takes the same two, has this one.',
        zh: '该表没有“设备不存在”的错误码，采用参数相同的 DescribeSAGDeviceInfo 的错误码。',
      },
    ],
    SmartAccessGatewayNotOnline: [
      403,
      'The specified smart access gateway is not online.',
      '该智能接入网关当前不是在线状态，无法完成操作。',
    ],
  },

  result: {},

  async run({ caller, fleet, gateways, unit, now, began, fail }, { RegionId, SmartAGId, SmartAGSn }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (instance.kind === 'app') throw fail('SAG.SoftwareNotSupport') // it has no device
    if (instance.kind === 'vcpe') throw fail('SAG.SoftwareNotSupportFeature') // its images have no local console
    if (isInArrears(instance, now)) throw fail('SmartAccessGatewayInArrears')
    const device = instance.devices.find(({ serial }) => serial === SmartAGSn)
    if (device === undefined) throw fail('InstanceNotExit')
    if (!device.connected) throw fail('SmartAccessGatewayNotOnline')

    // What the device gave up it is offered once more, for a person asks for it: as a new revision (C).
    if (configDifference(device, instance) === 'reverted') {
      await unit.write(({ gatewayConfigs }) => gatewayConfigs.offerAgain(instance.id))
    }
    // Nothing to take over, or it is being taken over: what was asked for holds (C).
    if (device.synStatus !== 'Unsynchronized') return {}
    if ((await gateways.synchronise({ serial: device.serial, began })) === 'unreachable')
      throw fail('SmartAccessGatewayNotOnline')
    return {}
  },
})
