import { stringField } from '../../../declare/index.ts'
import { clockText } from '../../../model/calendar.ts'
import { shownSynStatus } from '../../../model/desired-config.ts'
import { isTunnelUp } from '../../../model/status.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'
import { shownVersion } from '../instance-view.ts'

export const describeSagDeviceInfo = operation({
  name: 'DescribeSAGDeviceInfo',
  family: 'instances',
  about: {
    en: 'Show one device as it last reported itself. Times are in UTC.',
    zh: '查询一台设备最近一次上报的信息。时间为 UTC。',
  },
  source: 'Smartag 2018-03-13, DescribeSAGDeviceInfo',
  access: { action: 'smartag:DescribeSAGDeviceInfo', level: 'Read', resource: 'smartag/{SmartAGId}', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    // As in ModifySAGAdminPassword, which lists the same two codes for the same two parameters (S).
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
    InstanceNotExit: [400, 'The specified instance does not exist.', '指定的实例不存在。'],
  },

  result: {
    SmartAGType: stringField,
    Version: stringField,
    ControllerState: stringField,
    VpnState: stringField,
    SynStatus: stringField,
    ResettableStatus: stringField,
    ServiceIP: stringField,
    StartupTime: stringField,
    LastConnectedControllerTime: stringField,
  },

  async run({ caller, fleet, fail }, { RegionId, SmartAGId, SmartAGSn }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (instance.kind === 'app') throw fail('SAG.SoftwareNotSupport') // it has no device
    const device = instance.devices.find(({ serial }) => serial === SmartAGSn)
    if (device === undefined) throw fail('InstanceNotExit')

    return {
      SmartAGType: device.model,
      Version: shownVersion(device),
      ControllerState: device.connected ? 'Normal' : 'Abnormal',
      VpnState: isTunnelUp(instance, device) ? 'Normal' : 'Abnormal',
      SynStatus: shownSynStatus(device, instance),
      ResettableStatus: device.resettable ? 'Enabled' : 'Disabled',
      ServiceIP: device.serviceIp,
      StartupTime: device.startedAt === undefined ? undefined : clockText(device.startedAt),
      LastConnectedControllerTime: device.lastSeenAt === undefined ? undefined : clockText(device.lastSeenAt),
    }
  },
})
