import { operation } from '../../operation.ts'
import { ownerParams, smartAgId } from '../common-params.ts'
import { aclId, aclRegion } from './acl-params.ts'

export const disassociateAcl = operation({
  name: 'DisassociateACL',
  family: 'acl',
  about: {
    en: 'Filter the connections of an instance by an access control list no longer: all of them pass.',
    zh: '解除访问控制列表与实例的关联，此后其所有连接允许通过。',
  },
  source: 'Smartag 2018-03-13, DisassociateACL',
  access: {
    action: 'smartag:DisassociateACL',
    level: 'Write',
    resource: ['acl/{AclId}', 'smartag/{SmartAGId}'],
    dependent: [],
    tellsOthersApart: true,
  },
  transaction: 'write',

  params: {
    RegionId: aclRegion.required('MissingParameter').about('The region of both.', '两者所在的地域。'),
    AclId: aclId.required('MissingParameter'),
    SmartAGId: smartAgId.required('MissingParameter'),
    ...ownerParams,
  },

  errors: {
    MissingParameter: [403, 'The input parameter is missing, please check your input.', '输入参数缺失，请检查您的输入'],
    Forbidden: [403, 'User not authorized to operate on the specified resource.', '用户没有操作此资源的权限'],
    'InvalidId.SMARTAG': [403, 'The specified smart access gateway instance id is invalid.', '无效的智能接入网关ID'],
    'InvalidId.ACL': [403, 'The specified ACL ID is invalid.', '无效的ACL组ID'],
    FeatureNotSupport: [
      403,
      'The current edition of the smart access gateway does not support this feature.',
      '智能接入网关当前版本不支持该功能特性',
    ],
    FeatureNotSupportForActiveSmartAG: [
      403,
      'The current edition of the active smart access gateway does not support this feature.',
      '主智能接入网关的当前版本不支持该功能特性',
    ],
    FeatureNotSupportForStandBySmartAG: [
      403,
      'The current edition of the standby smart access gateway does not support this feature.',
      '备智能接入网关的当前版本不支持该功能特性',
    ],
    SmartAGNotAssociateAcl: [
      403,
      'The specified smart access gateway is not associated with the specified ACL.',
      '您选择的智能接入网关没有和您选择的ACL组绑定',
    ],
    InternalError: [403, 'An internal server error occurred.', '内部服务错误'],
  },

  result: {},

  async run({ caller, fleet, acls, fail }, { RegionId, AclId, SmartAGId }) {
    const instance = await fleet.instanceById(SmartAGId)
    if (instance === undefined || instance.regionId !== RegionId) throw fail('InvalidId.SMARTAG')
    if (instance.accountId !== caller.accountId) throw fail('Forbidden')
    const acl = await acls.find(caller.accountId, RegionId, AclId)
    if (acl === undefined) throw fail('InvalidId.ACL')
    if (instance.aclId !== acl.id) throw fail('SmartAGNotAssociateAcl')
    await acls.associate(instance.id, undefined)
    return {}
  },
})
