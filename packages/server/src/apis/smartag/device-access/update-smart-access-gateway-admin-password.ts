import { principal } from '../../../access/caller.ts'
import { boolean, booleanField, secret, stringField, text } from '../../../declare/index.ts'
import { isActivated } from '../../../model/activation.ts'
import { adminPasswordSupport } from '../../../model/admin-password-support.ts'
import { operation } from '../../operation.ts'
import { regionId, smartAgId, smartAgSn } from '../common-params.ts'

export const updateSmartAccessGatewayAdminPassword = operation({
  name: 'UpdateSmartAccessGatewayAdminPassword',
  family: 'device-access',
  about: {
    en: 'Set the administrator password of one gateway device of the SCG5000 family. When the call succeeds, the device accepts the new password and only it.',
    zh: '设置一台 SCG5000 系列网关设备的管理员密码。调用成功后，设备只接受新密码。',
  },
  source: 'Smartag 2018-03-13, UpdateSmartAccessGatewayAdminPassword',
  access: { action: 'smartag:UpdateSmartAccessGatewayAdminPassword', level: 'Write', resource: '*', dependent: [] },
  transaction: 'device',

  params: {
    RegionId: regionId,
    SagInsId: smartAgId.required('MissParameter.GatewayId'),
    SagSn: smartAgSn.requiredInRun('GATEWAY.InvalidSN'),
    Password: secret(/^[A-Za-z0-9_]{8,30}$/)
      .required('MissParameter.Password')
      .invalid('InvalidParameter.Password')
      .example('Gateway_2024')
      .about('8–30 letters, digits and underscores.', '8～30 个字母、数字或下划线。'),
    CrossAccount: boolean()
      .default(false)
      .example('false')
      .about(
        'The call names the owner of the instance in ResourceUid. Only the owner sets a password: across accounts, call in a session of a role of the owner.',
        '在 ResourceUid 中指定实例的所有者。只有所有者可以设置密码：跨账号时，请使用所有者账号的角色会话调用。',
      ),
    ResourceUid: text()
      .example('1473043827961234')
      .about('With CrossAccount, the account the instance belongs to.', '与 CrossAccount 同时使用，实例所属的账号。'),
  },

  // Nothing is published about the order; this one asks for what exists before what state it is in (C).
  errors: {
    'MissParameter.GatewayId': [
      400,
      'The input parameter GatewayId that is mandatory for processing this model is not supplied.',
      '缺少参数GatewayId。',
    ],
    'MissParameter.Password': [
      400,
      'The input parameter Password that is mandatory for processing this model is not supplied.',
      '缺少参数Password。',
    ],
    'InvalidParameter.Password': [
      400,
      'The input parameter Password is not legal, please check your input.',
      '参数Password非法，请检查您的输入。',
    ],
    'SAG.InstanceNoFound': [400, 'The specified SAG instance does not exist.', '智能接入网关实例不存在。'],
    'SAG.SoftwareNotSupport': [
      400,
      'The specified software instance does not support ACL.',
      '智能接入网关软件版实例不支持ACL。',
    ],
    SmartAccessGatewayNotActivated: [
      400,
      'The specified Smart Access Gateway has not been activated.',
      '该智能接入网关尚未激活，请先激活该实例。',
    ],
    'GATEWAY.InvalidSN': [400, 'The specified gateway serial number does not exist.', '网关序列号不存在。'],
    DeviceNotExist: [400, 'The specified device does not exist', '指定的设备不存在。'],
    'InvalidSpec.FeatureNotSupport': [
      400,
      'The current edition of the cloudbranch does not support this feature.',
      '当前型号的设备不支持该功能。',
    ],
    FeatureNotSupport: [400, 'Cloud Box Not Support the Feature', '设备当前版本不支持该功能。'],
    SmartAccessGatewayNotOnline: [400, 'The specified instance is not online.', '指定的实例不在线。'],
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

  result: { Code: stringField, Success: booleanField, Message: stringField },

  async run(context, { RegionId, SagInsId, SagSn, Password, CrossAccount, ResourceUid }) {
    const { caller, now, fail } = context
    // Whoever is named as the owner: only the owner sets the password of its gateway (C: a grant gives no such right).
    if (CrossAccount && ResourceUid !== caller.accountId) throw fail('SAG.InstanceNoFound')
    const { instance, device } = await context.unit.read(async ({ fleet }) => ({
      instance: await fleet.instance(caller.accountId, RegionId, SagInsId),
      device: SagSn === undefined ? undefined : await fleet.device(SagSn),
    }))
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    if (instance.kind === 'app') throw fail('SAG.SoftwareNotSupport') // it has no device
    if (!isActivated(instance, now)) throw fail('SmartAccessGatewayNotActivated')
    if (device === undefined) throw fail('GATEWAY.InvalidSN') // nobody has that serial number
    if (device.instanceId !== instance.id) throw fail('DeviceNotExist')

    const support = adminPasswordSupport('update', device)
    if (support === 'model') throw fail('InvalidSpec.FeatureNotSupport')
    if (support === 'version') throw fail('FeatureNotSupport')
    if (!device.connected) throw fail('SmartAccessGatewayNotOnline')

    const outcome = await context.adminPasswords.change({
      device,
      password: Password,
      accountId: caller.accountId,
      principal: principal(caller),
      requestId: context.requestId,
      began: context.began,
    })
    if (outcome === 'busy') throw fail('ResourceInOperating')
    if (outcome === 'unreachable') throw fail('SmartAccessGatewayNotOnline')
    // No code of the table says that a reached device could not apply it.
    if (outcome === 'refused') throw new Error(`The gateway ${device.serial} could not apply its new password.`)
    return { Code: '200', Success: true, Message: 'Successful' }
  },
})
