import { text } from '../../../declare/index.ts'
import { operation } from '../../operation.ts'
import { ownerParams, smartAgId } from '../common-params.ts'

export const unlockSmartAccessGateway = operation({
  name: 'UnlockSmartAccessGateway',
  family: 'instances',
  about: {
    en: 'Open the offline lock of the devices of an instance. One that is not locked stays as it is.',
    zh: '解除实例设备的离线锁定。未锁定的设备不变。',
  },
  source: 'Smartag 2018-03-13, UnlockSmartAccessGateway',
  access: { action: 'smartag:UnlockSmartAccessGateway', level: 'Write', resource: '*', dependent: [] },
  transaction: 'write',

  params: {
    RegionId: text().example('cn-shanghai').about('The region of the instance.', '实例所在的地域。'),
    SmartAGId: smartAgId
      .required('MissingParameter')
      .matches(/^sag-[a-z0-9]+$/)
      .invalid('InvalidId.SMARTAG'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    'InvalidId.SMARTAG': [403, 'The specified smart access gateway instance id is invalid.', '无效的智能接入网关ID'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
  },

  result: {},

  async run({ caller, fleet, now, fail }, { RegionId, SmartAGId }) {
    const instance = await fleet.instanceById(SmartAGId)
    if (instance === undefined) throw fail('InvalidId.SMARTAG')
    if (RegionId !== undefined && instance.regionId !== RegionId) throw fail('InvalidId.SMARTAG')
    if (instance.accountId !== caller.accountId) throw fail('Forbidden')
    await fleet.unlock(instance.id, now)
    return {}
  },
})
