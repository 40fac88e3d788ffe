import { booleanField, direct, integerField, stringField } from '../../declare/index.ts'
import { adminPasswordState } from '../../model/admin-password-state.ts'
import { configDifference, shownSynStatus } from '../../model/desired-config.ts'
import type { Device } from '../../model/device.ts'
import { isProgramTooOld } from '../../model/device-features.ts'
import type { Instance } from '../../model/instance.ts'
import { isHere } from '../is-here.ts'
import { operation } from '../operation.ts'
import { instanceNoFound, moment, regionId, smartAgId } from './history-params.ts'

export const describeGatewayConfiguration = operation({
  name: 'DescribeGatewayConfiguration',
  family: 'opensag',
  about: {
    en: 'Tell of each device of an instance which configuration it should hold, which one it says it holds, and why they differ: `LocalChange` (made at its console), `TakingOver`, `Reverted` (it went back to the one before, see `RevertReason`), `WaitsForDevice` (it is not connected), `OnItsWay`, `Failing` (its system does not take it), `OnTrial` (in force, not confirmed yet), `Unsupported` (in force but for a part that the program of the device is too old for: upgrade it). `CanConfirm` is false for a gateway of 0.1.0, which has no trial: it is never `Confirmed`. `AdminPassword`: `NotSet` (the next visit of its console sets one), `NeverChanged` (the one it enrolled with), `Changed`. `HasTools` is false where its program is too old for RunGatewayTool.',
    zh: '查询实例下每台设备应有的配置、上报的配置以及二者不同的原因：`LocalChange`（本地控制台修改）、`TakingOver`（正在同步）、`Reverted`（已回退到上一个配置，见 `RevertReason`）、`WaitsForDevice`（设备未连接）、`OnItsWay`（正在下发）、`Failing`（设备系统未接受）、`OnTrial`（已生效，尚未确认）、`Unsupported`（设备的程序版本过旧，不支持其中一部分，其余已生效：请升级）。0.1.0 版本的网关没有试用过程，其 `CanConfirm` 为 false，`Confirmed` 始终为 false。`AdminPassword` 为管理员密码状态：`NotSet`（未设置，下次访问本地控制台时设置）、`NeverChanged`（自注册以来未修改）、`Changed`（已修改）。程序版本过低、不支持 RunGatewayTool 时 `HasTools` 为 false。',
  },
  source: 'our own',
  access: {
    action: 'opensag:DescribeGatewayConfiguration',
    level: 'Read',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    standsFor: 'smartag:DescribeSAGDeviceInfo',
  },
  transaction: 'read',

  params: { RegionId: regionId, SmartAGId: smartAgId },

  errors: { 'SAG.InstanceNoFound': instanceNoFound },

  result: {
    DesiredRevision: integerField,
    Devices: direct({
      SerialNumber: stringField,
      DesiredRevision: integerField,
      ReportedRevision: integerField,
      Confirmed: booleanField,
      CanConfirm: booleanField,
      SynStatus: stringField,
      Difference: stringField,
      RevertedRevision: integerField,
      RevertReason: stringField,
      ReportedAt: stringField,
      AdminPassword: stringField,
      AdminPasswordChangedAt: stringField,
      HasTools: booleanField,
    }),
  },

  async run({ caller, fleet, fail }, { RegionId, SmartAGId }) {
    const instance = await fleet.instanceById(SmartAGId ?? '')
    if (!isHere(instance, caller, RegionId)) throw fail('SAG.InstanceNoFound')
    return {
      DesiredRevision: instance.configRevision,
      Devices: instance.devices.map((device) => ({
        SerialNumber: device.serial,
        DesiredRevision: instance.configRevision,
        ReportedRevision: device.appliedRevision,
        Confirmed: confirms(device) && device.appliedRevision > 0 && !device.configOnTrial,
        CanConfirm: confirms(device),
        SynStatus: shownSynStatus(device, instance),
        Difference: difference(device, instance),
        RevertedRevision: device.revertedRevision,
        RevertReason: device.revertedReason && revertReasons[device.revertedReason],
        ReportedAt: moment(device.configReportedAt),
        AdminPassword: adminPasswordState(device),
        AdminPasswordChangedAt: adminPasswordState(device) === 'Changed' ? moment(device.passwordChangedAt) : undefined,
        HasTools: device.sealKey === undefined ? undefined : !isProgramTooOld(device, 'tools'),
      })),
    }
  },
})

/** A gateway of 0.1.0 puts a configuration in force without a trial: nobody has confirmed that it can be reached with it. */
function confirms({ capabilities }: Device): boolean {
  return (capabilities ?? '').split(' ').includes('config-trial')
}

const revertReasons = { unconfirmed: 'Unconfirmed', failed: 'Failed', restarts: 'Restarts' } as const

const differences = {
  'local-change': 'LocalChange',
  'taking-over': 'TakingOver',
  reverted: 'Reverted',
  'on-its-way': 'OnItsWay',
  failing: 'Failing',
  'on-trial': 'OnTrial',
  unsupported: 'Unsupported',
} as const

function difference(device: Device, instance: Instance): string | undefined {
  const found = configDifference(device, instance)
  if (found === 'on-its-way' && !device.connected) return 'WaitsForDevice'
  return found && differences[found]
}
