import { principal } from '../../../access/caller.ts'
import { secret } from '../../../declare/index.ts'
import { isActivated, isInArrears } from '../../../model/activation.ts'
import { adminPasswordSupport } from '../../../model/admin-password-support.ts'
import { activeDevice, standbyDevice } from '../../../model/binding.ts'
import { configDifference } from '../../../model/desired-config.ts'
import type { Device } from '../../../model/device.ts'
import { operation } from '../../operation.ts'
import { ownerParams, regionId, smartAgId, smartAgSn } from '../common-params.ts'

export const modifySagAdminPassword = operation({
  name: 'ModifySAGAdminPassword',
  family: 'device-access',
  about: {
    en: 'Set the administrator password of one gateway device. When the call succeeds, the device accepts the new password and only it.',
    zh: '设置一台网关设备的管理员密码。调用成功后，设备只接受新密码。',
  },
  source: 'Smartag 2018-03-13, ModifySAGAdminPassword',
  access: { action: 'smartag:ModifySAGAdminPassword', level: 'Write', resource: '*', dependent: [] },
  transaction: 'device',

  params: {
    RegionId: regionId,
    SmartAGId: smartAgId.required('SAG.InstanceNoFound'),
    SmartAGSn: smartAgSn.requiredInRun('InstanceNotExit'),
    Password: secret(/^[A-Za-z0-9_]{8,30}$/)
      .required('MissingParam.Password')
      .invalid('IllegalParam.Password')
      .example('Gateway_2024')
      .about('8–30 letters, digits and underscores.', '8～30 个字母、数字或下划线。'),
    ...ownerParams,
  },

  // Nothing is published about the order; this one asks for what exists before what state it is in (C).
  errors: {
    'MissingParam.Password': [400, 'You must specify Password.', '缺少参数Password。'],
    'IllegalParam.Password': [400, 'The specified Password is invalid.', '参数Password非法。'],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能网关实例不存在。'],
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
    SmartAccessGatewayNotActivated: [
      400,
      'The specified Smart Access Gateway has not been activated.',
      '该智能接入网关尚未激活，请先激活该实例。',
    ],
    SmartAccessGatewayInArrears: [
      400,
      'The specified Smart Access Gateway has expired.',
      '该智能接入网关已经到期停服，请续费。',
    ],
    InstanceNotExit: [400, 'The specified instance does not exist.', '指定的实例不存在。'],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性。',
    ],
    FeatureNotSupportForActiveSmartAG: [
      403,
      'The current edition of the active smart access gateway does not support this feature.',
      '主智能接入网关的当前版本不支持该功能特性。',
    ],
    FeatureNotSupportForStandBySmartAG: [
      403,
      'The current edition of the standby smart access gateway does not support this feature.',
      '备智能接入网关的当前版本不支持该功能特性。',
    ],
    SmartAccessGatewayOffline: [
      400,
      'The request cannot be completed. The Smart Access Gateway is offline.',
      '智能接入网关离线，请求无法完成。',
    ],
    SmartAccessGatewayNotOnline: [
      403,
      'The specified smart access gateway is not online.',
      '该智能接入网关当前不是在线状态，无法完成操作。',
    ],
    ConfigUnsynchronized: [400, 'The network configuration is not synchronized.', '网络配置未同步。'],
    ResourceInOperating: [
      400,
      'The specified resource is being used. Please try later.',
      '当前资源正在操作中，请求稍后重试。',
      {
        en: 'Passwords of one device are changed one after the other; so many are waiting that this one was not begun. Calling the device offline would be false.',
        zh: '同一设备的密码逐个修改；等待的请求过多，本次修改未开始。若回答设备离线则与事实不符。',
      },
    ],
  },

  result: {},

  async run(context, { RegionId, SmartAGId, SmartAGSn, Password }) {
    const { caller, fleet, now, fail } = context
    const instance = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (instance.kind === 'app') throw fail('SAG.SoftwareNotSupport') // it has no device
    if (instance.kind === 'vcpe') throw fail('SAG.SoftwareNotSupportFeature') // its images have no local console
    if (!isActivated(instance, now)) throw fail('SmartAccessGatewayNotActivated')
    if (isInArrears(instance, now)) throw fail('SmartAccessGatewayInArrears')

    const device = instance.devices.find(({ serial }) => serial === SmartAGSn)
    if (device === undefined) throw fail('InstanceNotExit') // the device half of "not there"

    // In a pair both must be able, whichever is named: the feature has to survive a switch (C).
    const [active, standby] = [activeDevice(instance), standbyDevice(instance)]
    if (active === undefined || standby === undefined) {
      if (!isAble(device)) throw fail('FeatureNotSupport')
    } else {
      if (!isAble(active)) throw fail('FeatureNotSupportForActiveSmartAG')
      if (!isAble(standby)) throw fail('FeatureNotSupportForStandBySmartAG')
    }

    if (!instance.devices.some(({ connected }) => connected)) throw fail('SmartAccessGatewayOffline')
    if (!device.connected) throw fail('SmartAccessGatewayNotOnline')
    // A configuration on its way is no reason: the password is none of it. One the device gave up is (C).
    const isGivenUp = configDifference(device, instance) === 'reverted'
    if (device.synStatus !== 'Synchronized' || isGivenUp) throw fail('ConfigUnsynchronized')

    const outcome = await context.adminPasswords.change({
      device,
      password: Password,
      accountId: caller.accountId,
      principal: principal(caller),
      requestId: context.requestId,
      began: context.began,
    })
    if (outcome === 'accepted') return {}
    if (outcome === 'busy') throw fail('ResourceInOperating')
    // No code of the table says that a reached device could not apply it.
    if (outcome === 'refused') throw new Error(`The gateway ${device.serial} could not apply its new password.`)

    const present = await fleet.instance(caller.accountId, RegionId, SmartAGId)
    const another = present?.devices.some(({ serial, connected }) => serial !== device.serial && connected) === true
    throw fail(another ? 'SmartAccessGatewayNotOnline' : 'SmartAccessGatewayOffline')
  },
})

function isAble(device: Device): boolean {
  return adminPasswordSupport('modify', device) === 'supported'
}
