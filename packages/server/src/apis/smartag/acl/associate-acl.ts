import { filterLack } from '../../../model/acl.ts'
import { operation } from '../../operation.ts'
import { ownerParams, smartAgId } from '../common-params.ts'
import { aclId, aclRegion } from './acl-params.ts'

export const associateAcl = operation({
  name: 'AssociateACL',
  family: 'acl',
  about: {
    en: 'Filter the connections of an instance by an access control list. An instance has one at most.',
    zh: '为实例关联访问控制列表，按其过滤连接。每个实例最多关联一个。',
  },
  source: 'Smartag 2018-03-13, AssociateACL',
  access: {
    action: 'smartag:AssociateACL',
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
    'SAG.SoftwareNotSupport': [
      400,
      'The specified SAG software edition instance does not support ACL.',
      '智能接入网关软件版实例不支持ACL。',
    ],
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
    SmartAGAlreadyAssociateAcl: [
      403,
      'The specified smart access gateway has already been associated with the specified ACL.',
      '您选择的智能接入网关和您选择的ACL组已经绑定',
    ],
    AclPerSmartagAmountLimit: [
      403,
      'No more ACL can be associated with this smart access gateway.',
      '该智能接入网关所关联的ACL组数量已经达到限额',
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
    const isApp = instance.kind === 'app'
    if (isApp && acl.type === 'acl-hardware') throw fail('SAG.SoftwareNotSupport')
    if (!isApp && acl.type === 'acl-software') throw fail('FeatureNotSupport')
    const lack = filterLack(instance, await acls.rules(acl.id))
    if (lack !== undefined) throw fail(lack)
    if (instance.aclId === acl.id) throw fail('SmartAGAlreadyAssociateAcl')
    if (instance.aclId !== undefined) throw fail('AclPerSmartagAmountLimit')
    await acls.associate(instance.id, acl.id)
    return {}
  },
})
