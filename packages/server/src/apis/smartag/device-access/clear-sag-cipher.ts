import { operation } from '../../operation.ts'
import { ownerParams, regionId, sagId, sn } from '../common-params.ts'
import { noCodeOfItsOwn } from '../restart.ts'

export const clearSagCipher = operation({
  name: 'ClearSagCipher',
  family: 'device-access',
  about: {
    en: 'Give a vCPE image a new secret key. The image that joined with the old one is cut off and joins again with the new one, which DescribeSmartAccessGatewayAttribute shows.',
    zh: '重置 vCPE 镜像的密钥。使用旧密钥接入的镜像会断开，需用新密钥重新接入；新密钥由 DescribeSmartAccessGatewayAttribute 返回。',
  },
  source: 'Smartag 2018-03-13, ClearSagCipher',
  access: { action: 'smartag:ClearSagCipher', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: regionId.required('MissingParameter'),
    SagId: sagId.required('MissingParameter'),
    SnNumber: sn.required('MissingParameter'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    'SAG.InstanceNoFound': [
      400,
      'The specified SAG instance does not exist.',
      '智能接入网关实例不存在。',
      noCodeOfItsOwn,
    ],
    'Sag.DeviceNotExist': [400, 'The specified device does not exist.', '当前设备不存在。', noCodeOfItsOwn],
    // A box has the key its maker gave it.
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性。',
      noCodeOfItsOwn,
    ],
  },

  result: {},

  async run({ caller, fleet, ids, now, fail }, { RegionId, SagId, SnNumber }) {
    const instance = await fleet.instance(caller.accountId, RegionId, SagId)
    if (instance === undefined) throw fail('SAG.InstanceNoFound')
    const device = instance.devices.find(({ serial }) => serial === SnNumber)
    if (device === undefined) throw fail('Sag.DeviceNotExist')
    if (device.model !== 'sag-vcpe') throw fail('FeatureNotSupport')
    await fleet.renewIdentity(device.serial, ids.secretKey(), now)
    return {}
  },
})
