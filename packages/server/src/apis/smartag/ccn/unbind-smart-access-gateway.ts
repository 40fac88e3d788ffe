import { long } from '../../../declare/index.ts'
import { isActivated } from '../../../model/activation.ts'
import { operation } from '../../operation.ts'
import { ccnId, otherOwner } from '../ccn-params.ts'
import { ownerParams, regionId, smartAgId } from '../common-params.ts'

export const unbindSmartAccessGateway = operation({
  name: 'UnbindSmartAccessGateway',
  family: 'ccn',
  about: {
    en: 'Take an instance out of its cloud connect network.',
    zh: '解除智能接入网关实例与云连接网的绑定。',
  },
  source: 'Smartag 2018-03-13, UnbindSmartAccessGateway',
  access: {
    action: 'smartag:UnbindSmartAccessGateway',
    level: 'Write',
    resource: ['ccn/{CcnId}', 'smartag/{SmartAGId}'],
    dependent: [],
    tellsOthersApart: true,
  },
  transaction: 'write',

  params: {
    RegionId: regionId.required('MissingParameter'),
    CcnId: ccnId.required('MissingParameter'),
    SmartAGId: smartAgId.required('MissingParameter'),
    SmartAGUid: long().example('1688401595963306').about(otherOwner.en, otherOwner.zh),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    'InvalidId.SMARTAG': [403, 'The specified smart access gateway instance id is invalid.', '无效的智能接入网关ID'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    SmartAccessGatewayNotActivated: [
      500,
      'The specified Smart Access Gateway has not been activated.',
      '该智能接入网关尚未激活，请先激活该实例。',
    ],
    SmartAccessGatewayNotBind: [403, 'The instance has not yet been bound.', '该实例未被绑定'],
    'AlreadyBound.CEN': [
      403,
      'This instance has been bound, please unbind first.',
      '该实例已经绑定了云企业网，请先解绑',
    ],
  },

  result: {},

  async run({ caller, fleet, networks, now, fail }, { RegionId, CcnId, SmartAGId, SmartAGUid }) {
    const instance = await fleet.instanceById(SmartAGId)
    if (instance === undefined || instance.regionId !== RegionId) throw fail('InvalidId.SMARTAG')
    if (SmartAGUid !== undefined && SmartAGUid !== instance.accountId) throw fail('InvalidId.SMARTAG')

    if (instance.accountId !== caller.accountId) {
      // The owner of the network may take out what it put in, also when the grant has been revoked since.
      const ccn = instance.ccnId === CcnId ? await networks.ccn(CcnId) : undefined
      if (SmartAGUid === undefined || ccn?.accountId !== caller.accountId) throw fail('Forbidden')
    }
    if (!isActivated(instance, now)) throw fail('SmartAccessGatewayNotActivated')
    if (instance.ccnId !== CcnId) throw fail('SmartAccessGatewayNotBind')
    // A backed up leased line ties the instance to the CEN (C: the table has no code of its own for the line).
    if ((await networks.vbrOf(instance.id)) !== undefined) throw fail('AlreadyBound.CEN')

    await networks.unbind(instance.id)
    return {}
  },
})
