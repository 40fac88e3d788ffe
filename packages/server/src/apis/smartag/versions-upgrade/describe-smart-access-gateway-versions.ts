import { longField, stringField, text, wrapped } from '../../../declare/index.ts'
import { activeDevice } from '../../../model/binding.ts'
import { upgradesFor } from '../../../model/firmware.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'

export const describeSmartAccessGatewayVersions = operation({
  name: 'DescribeSmartAccessGatewayVersions',
  family: 'versions-upgrade',
  about: {
    en: 'List the versions a device can be upgraded to, newest first.',
    zh: '查询设备可升级到的版本，最新的在前。',
  },
  source: 'Smartag 2018-03-13, DescribeSmartAccessGatewayVersions',
  access: { action: 'smartag:DescribeSmartAccessGatewayVersions', level: 'Read', resource: '*', dependent: [] },
  transaction: 'read',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required(),
    SmartAGSn: smartAgSn.about(
      'The serial number of the device; without it, the active device.',
      '设备的序列号；不填则为主用设备。',
    ),
    VersionType: text()
      .oneOf('Device', 'Dpi')
      .invalid('VersionNotExist')
      .default('Device')
      .example('Device')
      .about(
        'Device: firmware. Dpi: signatures of applications, of which none are on offer.',
        'Device：固件。Dpi：应用特征库，目前没有可用版本。',
      ),
    ...ownerParams,
  },

  errors: {
    // Of a kind that does not exist (C): an empty list says that there is nothing to upgrade to.
    VersionNotExist: [400, 'The specified version does not exist.', '当前指定的版本不存在。'],
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      noCodeOfItsOwn,
    ],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
    'SAG.SoftwareNotSupport': [
      400,
      'The specified SAG software edition instance does not support ACL.',
      '智能接入网关软件版实例不支持ACL。',
      noCodeOfItsOwn,
    ],
    'Sag.DeviceNotExist': [400, 'The specified device does not exist.', '当前设备不存在。', noCodeOfItsOwn],
  },

  result: {
    SmartAGVersions: wrapped('SmartAGVersion', {
      VersionName: stringField,
      VersionCode: stringField,
      Type: stringField,
      CreateTime: longField,
    }),
  },

  async run({ caller, fleet, fail }, { RegionId, SmartAGId, SmartAGSn, VersionType }) {
    const instance = await fleet.instanceById(SmartAGId)
    if (instance?.regionId !== RegionId) throw fail('SAG.InstanceNoFound')
    if (instance.accountId !== caller.accountId) throw fail('Forbidden')
    if (instance.kind === 'app' || instance.spec === 'sag-software') throw fail('SAG.SoftwareNotSupport')
    const device =
      SmartAGSn === undefined ? activeDevice(instance) : instance.devices.find(({ serial }) => serial === SmartAGSn)
    if (SmartAGSn !== undefined && device === undefined) throw fail('Sag.DeviceNotExist')

    const offered = VersionType === 'Dpi' ? [] : await fleet.firmware(device?.model ?? instance.spec)
    return {
      SmartAGVersions: upgradesFor(device, offered).map(({ name, version, type, createdAt }) => ({
        VersionName: name,
        VersionCode: version,
        Type: type,
        CreateTime: createdAt,
      })),
    }
  },
})
