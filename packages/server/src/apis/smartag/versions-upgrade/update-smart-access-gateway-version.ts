import { text } from '../../../declare/index.ts'
import { isActivated, isInArrears } from '../../../model/activation.ts'
import { firmwareOf, isNewerThan } from '../../../model/firmware.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'
import { noCodeOfItsOwn, toRestart } from '../restart.ts'

export const updateSmartAccessGatewayVersion = operation({
  name: 'UpdateSmartAccessGatewayVersion',
  family: 'versions-upgrade',
  about: {
    en: 'Upgrade one device of an instance, or all that are online and older. A device restarts into the version and is not online until it is back.',
    zh: '升级实例的一台设备，或所有在线且版本较旧的设备。设备重启到新版本，恢复连接前不在线。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAccessGatewayVersion',
  access: {
    action: 'smartag:UpdateSmartAccessGatewayVersion',
    level: 'Write',
    printed: 'update',
    resource: 'smartag/{SmartAGId}',
    dependent: [],
    tellsOthersApart: true,
  },
  transaction: 'device',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId
      .required()
      .matches(/^sag-[a-z0-9]+$/)
      .invalid('InvalidId.SMARTAG'),
    SerialNumber: smartAgSn.about(
      'The serial number of the device; without it, every device that is online.',
      '设备的序列号；不填则为所有在线设备。',
    ),
    VersionCode: text()
      .required()
      .example('2.4.0.0')
      .about('A version of DescribeSmartAccessGatewayVersions.', 'DescribeSmartAccessGatewayVersions 返回的版本号。'),
    VersionType: text()
      .oneOf('Device', 'Dpi')
      .default('Device')
      .example('Device')
      .about(
        'Device: firmware. Dpi: signatures of applications, of which none are on offer.',
        'Device：固件。Dpi：应用特征库，目前没有可用版本。',
      ),
    ...ownerParams,
  },

  errors: {
    'InvalidId.SMARTAG': [403, 'The specified smart access gateway instance id is invalid.', '无效的智能接入网关ID'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限。'],
    // Granted to a CCN of the caller, who may see it therefore (C).
    PermissionError: [500, 'No permission to operate the instance.', '没有操作该实例的权限。'],
    SmartAccessGatewayNotActivated: [
      500,
      'The specified Smart Access Gateway has not been activated.',
      '该智能接入网关尚未激活，请先激活该实例。',
    ],
    SmartAccessGatewayInArrears: [
      500,
      'The specified Smart Access Gateway has expired.',
      '该智能接入网关已经到期停服，请续费。',
    ],
    NotBoundCCN: [
      403,
      'The specified smart access gateway has not bound CCN; please bind CCN first.',
      '该智能接入网关没有绑定CCN；请先绑定CCN。',
    ],
    'Sag.DeviceNotExist': [400, 'The specified device does not exist.', '当前设备不存在。', noCodeOfItsOwn],
    SmartAccessGatewayNotOnline: [
      403,
      'The specified smart access gateway is not online.',
      '该智能接入网关当前不是在线状态，无法完成操作。',
    ],
    // Not on offer for the model (C).
    GetSmartAccessGatewayVersionError: [
      403,
      'An error occurred while obtaining the smart access gateway version.',
      '获取智能接入网关版本失败。',
    ],
    VersionTooOld: [
      403,
      'The specified version is outdated; please select a newer version.',
      '该版本过低，请选择较新的版本。',
    ],
    // Connected, and it did not say whether it can restart (C).
    GetSmartAccessGatewayStateError: [
      403,
      'An error occurred while obtaining the smart access gateway status.',
      '获取智能接入网关状态失败。',
    ],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性。',
      noCodeOfItsOwn,
    ],
  },

  result: {},

  async run(context, { RegionId, SmartAGId, SerialNumber, VersionCode, VersionType }) {
    const { caller, fleet, gateways, now, began, fail } = context
    const instance = await fleet.instanceById(SmartAGId)
    // An App has no device, so nothing of it has a version (C).
    if (instance?.regionId !== RegionId || instance.kind === 'app') throw fail('InvalidId.SMARTAG')
    if (instance.accountId !== caller.accountId) {
      throw fail((await fleet.isGrantedTo(instance.id, caller.accountId)) ? 'PermissionError' : 'Forbidden')
    }
    if (!isActivated(instance, now)) throw fail('SmartAccessGatewayNotActivated')
    if (isInArrears(instance, now)) throw fail('SmartAccessGatewayInArrears')
    if (instance.ccnId === undefined) throw fail('NotBoundCCN')

    const devices = toRestart(instance, SerialNumber)
    if (devices === 'unknown') throw fail('Sag.DeviceNotExist')
    const [first] = devices
    if (first === undefined) throw fail('SmartAccessGatewayNotOnline')

    const offered = VersionType === 'Dpi' ? [] : await fleet.firmware(first.model)
    const firmware = firmwareOf(VersionCode, offered)
    if (firmware === undefined) throw fail('GetSmartAccessGatewayVersionError')
    const older = devices.filter(
      ({ model, version }) => model === firmware.model && isNewerThan(firmware.version, version),
    )
    if (older.length === 0) throw fail('VersionTooOld')

    for (const { serial } of older) {
      const outcome = await gateways.upgrade({ serial, began }, firmware.version)
      if (outcome === 'refused') throw fail('FeatureNotSupport') // its host cannot upgrade itself
      if (outcome === 'unreachable') {
        const isThere = (await fleet.device(serial))?.connected === true
        throw fail(isThere ? 'GetSmartAccessGatewayStateError' : 'SmartAccessGatewayNotOnline')
      }
    }
    return {}
  },
})
